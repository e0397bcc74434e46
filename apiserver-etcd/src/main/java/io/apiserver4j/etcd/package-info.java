// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Storage in etcd. {@link io.apiserver4j.etcd.EtcdStore} is the main type, its builder the other public one; the rest is
 * one concept each: endpoints, calls, errors, transactions, leases, feeds.
 *
 * <p>May not know: anything of core but {@code storage}. Nothing of gRPC, protobuf or Netty shows in a signature that is
 * public. Uses the messages and stubs of jetcd, not its client: that one resumes a watch behind events it has not seen
 * yet, and does not put fragments together.
 *
 * <p>Threads: calls block their caller; feeds are carried by gRPC's threads, one callback of a feed at a time.
 */
@NullMarked
package io.apiserver4j.etcd;

import org.jspecify.annotations.NullMarked;
