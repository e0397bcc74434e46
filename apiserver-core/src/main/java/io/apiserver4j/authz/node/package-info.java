// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What nodes may do (mode Node): each may read what its own pods need, and write what it tells about itself.
 *
 * <p>The main type is {@link io.apiserver4j.authz.node.NodeAuthorizer}. This package knows no request; it follows pods and
 * volumes from the first question of a node on. Safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.authz.node;

import org.jspecify.annotations.NullMarked;
