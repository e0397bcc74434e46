// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

/**
 * Figures about a store. What a store does not know is -1.
 *
 * @param entries keys in the latest state
 * @param bytes bytes that the store takes: for a database its file, in memory the keys and values of the latest state
 * @param historyBytes bytes of that which (in memory: bytes beside that which) are kept for older states only
 * @param currentRevision the revision of the last commit
 * @param compactedRevision the oldest state that can be read; 0 where nothing was compacted
 * @param feeds open feeds of this store object
 */
public record StoreStats(
        long entries, long bytes, long historyBytes, long currentRevision, long compactedRevision, int feeds) {}
