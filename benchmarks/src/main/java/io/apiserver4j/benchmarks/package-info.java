// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks and loads on a whole server. Never published, never part of a test: no figure of a shared machine may
 * fail a build. {@code benchmarks/run} starts them.
 */
@NullMarked
package io.apiserver4j.benchmarks;

import org.jspecify.annotations.NullMarked;
