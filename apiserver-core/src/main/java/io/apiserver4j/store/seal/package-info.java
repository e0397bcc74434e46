// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How objects lie in the store: the forms that kube-apiserver writes (protobuf in its envelope, or a line of JSON), and
 * the encryption around them.
 *
 * <p>The main type is {@link io.apiserver4j.store.seal.StorageForm}, one per stored resource; {@link
 * io.apiserver4j.store.seal.Encryption} is what a file says about keys. May not know the store, only what goes in and out
 * of it. Everything here is safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.store.seal;

import org.jspecify.annotations.NullMarked;
