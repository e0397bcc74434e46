// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of roles and bindings (rbac.authorization.k8s.io).
 *
 * <p>Each public type is the {@link io.apiserver4j.kinds.KindRules} of one kind, named in {@code kinds.Strategies}. Knows
 * other kinds only by the shared rules above. Rules are stateless; they may be called from any thread.
 */
@NullMarked
package io.apiserver4j.kinds.rbac;

import org.jspecify.annotations.NullMarked;
