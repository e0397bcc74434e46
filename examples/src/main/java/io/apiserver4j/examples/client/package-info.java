// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Code of yours that talks to Kubernetes, tested against a server in the same JVM.
 *
 * <p>The main type is {@link io.apiserver4j.examples.client.Rollouts}; what matters is its test. It knows fabric8's client and
 * nothing of apiserver4j. Safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.examples.client;

import org.jspecify.annotations.NullMarked;
