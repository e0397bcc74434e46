// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Defaults of the built-in kinds that depend on something, and what else Kubernetes does to an object between reading it and
 * looking at it: aliases that are kept in step, write-only fields that are folded in.
 *
 * <p>The main type is {@link io.apiserver4j.kinds.defaults.DefaultRules}; one class per API group holds that group's rules.
 * Constants are no rules: they stand in {@code facts/defaults.txt}. Knows nothing of strategies, requests or the store.
 * Stateless; from any thread.
 */
@NullMarked
package io.apiserver4j.kinds.defaults;

import org.jspecify.annotations.NullMarked;
