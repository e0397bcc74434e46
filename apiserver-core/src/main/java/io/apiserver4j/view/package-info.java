// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Read-only, hand-made views of the kinds that the server itself must read in more than one package: names for places
 * in a tree, so that code reads {@code pod.initContainers()} and not a chain of member names.
 *
 * <p>The main type is {@link io.apiserver4j.view.PodView}. A view has no setters and no state but the tree; what is
 * missing reads as empty. This package knows no store and no request. All types are immutable.
 */
@NullMarked
package io.apiserver4j.view;

import org.jspecify.annotations.NullMarked;
