// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * An operator of the Java Operator SDK, as its users write them: a kind of its own, an object that depends on it, a status, and
 * something to clean up. The test runs it on apiserver4j within one JVM.
 *
 * <p>The main type is {@link io.apiserver4j.operator.GreetingReconciler}. Nothing here knows apiserver4j.
 */
@NullMarked
package io.apiserver4j.operator;

import org.jspecify.annotations.NullMarked;
