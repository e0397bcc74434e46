// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The patch forms that clients may send, each a pure function from a tree and a patch to a tree: JSON patch, merge
 * patch and strategic merge patch, with the answers of kube-apiserver where a patch is broken.
 *
 * <p>The main types are {@link io.apiserver4j.patch.JsonPatch}, {@link io.apiserver4j.patch.MergePatch} and
 * {@link io.apiserver4j.patch.StrategicMergePatch}. This package knows schemas but no kinds, no stores and no verbs.
 * Everything here is immutable or lives within one call, so any thread may use it.
 */
@NullMarked
package io.apiserver4j.patch;

import org.jspecify.annotations.NullMarked;
