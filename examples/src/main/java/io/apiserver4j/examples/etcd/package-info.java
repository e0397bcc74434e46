// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A server whose objects are in etcd, as kube-apiserver keeps them: it may be started again anywhere, and several at once are
 * one control plane.
 *
 * <p>The main type is {@link io.apiserver4j.examples.etcd.EtcdBackedServer}.
 */
@NullMarked
package io.apiserver4j.examples.etcd;

import org.jspecify.annotations.NullMarked;
