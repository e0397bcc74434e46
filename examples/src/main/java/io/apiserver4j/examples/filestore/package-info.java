// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A store of your own: everything in a file.
 *
 * <p>The main type is {@link io.apiserver4j.examples.filestore.FileStore}. It knows the package {@code storage} and the memory
 * store of core, and nothing of objects. Safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.examples.filestore;

import org.jspecify.annotations.NullMarked;
