// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A server on a port, for kubectl and everything else that takes a kubeconfig.
 *
 * <p>The main type is {@link io.apiserver4j.examples.kubectl.ServeForKubectl}, a program. Nothing is kept when it ends.
 */
@NullMarked
package io.apiserver4j.examples.kubectl;

import org.jspecify.annotations.NullMarked;
