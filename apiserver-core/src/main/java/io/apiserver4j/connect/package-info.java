// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Talking through the server to a node, pod or service: logs, exec, attach, port-forward and proxies.
 *
 * <p>The main type is {@link io.apiserver4j.connect.ConnectHandlers}. Until a connection to nodes can be configured, these
 * answer what kube-apiserver answers where no kubelet is reached. Stateless; called on the request's thread.
 */
@NullMarked
package io.apiserver4j.connect;

import org.jspecify.annotations.NullMarked;
