// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of priority classes ({@code PriorityClassRules}). That at most one class is the default of all is for admission to see.
 * Nothing here knows of stores; everything is stateless and serves all threads.
 */
@NullMarked
package io.apiserver4j.kinds.scheduling;

import org.jspecify.annotations.NullMarked;
