// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of the group node.k8s.io: runtime classes ({@code RuntimeClassRules}). Nothing here knows of pods that name a class, nor of
 * stores; everything is stateless and serves all threads.
 */
@NullMarked
package io.apiserver4j.kinds.node;

import org.jspecify.annotations.NullMarked;
