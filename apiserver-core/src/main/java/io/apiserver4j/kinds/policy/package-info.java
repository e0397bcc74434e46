// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of pod disruption budgets ({@code PodDisruptionBudgetRules}). Nothing here knows of evictions, which read budgets, nor of
 * stores; everything is stateless and serves all threads.
 */
@NullMarked
package io.apiserver4j.kinds.policy;

import org.jspecify.annotations.NullMarked;
