// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Objects over bytes: where an object lives, how it is stored, and how it is read, listed, watched and changed.
 *
 * <p>The main type is {@link io.apiserver4j.store.ObjectStore}, one per stored resource, made by
 * {@link io.apiserver4j.store.Stores} when first asked. This package knows definitions, but no verbs, no media types and
 * no particular kind. Everything here is safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.store;

import org.jspecify.annotations.NullMarked;
