// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The storage seam: keys, bytes and revisions, and nothing else. {@link io.apiserver4j.storage.KeyValueStore} is the
 * main type; a store is written by implementing it and extending the published {@code StorageContract}.
 *
 * <p>May not know: objects, JSON, namespaces, encryption, caches; imports nothing of ours. The vocabulary is etcd's,
 * because the real server's clients see etcd's revisions as resource versions.
 *
 * <p>Threads: a store is called by any thread, calls may block; the listeners of feeds are called one callback at a
 * time per feed.
 */
@NullMarked
package io.apiserver4j.storage;

import org.jspecify.annotations.NullMarked;
