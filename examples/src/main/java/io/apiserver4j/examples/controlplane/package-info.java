// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A control plane for something that is no cluster of containers: kinds of its own, declared in Java, and of Kubernetes only
 * what a control plane needs.
 *
 * <p>The main type is {@link io.apiserver4j.examples.controlplane.CustomControlPlane}.
 */
@NullMarked
package io.apiserver4j.examples.controlplane;

import org.jspecify.annotations.NullMarked;
