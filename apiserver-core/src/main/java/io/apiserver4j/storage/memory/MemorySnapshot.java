// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import java.util.List;

/**
 * What a {@link MemoryStore} held at one moment, to be put back later, into the same store or another. Immutable;
 * shares all bytes with the store it was taken from.
 */
public final class MemorySnapshot {

    final long revision;
    final EntryTree entries;
    final List<Expiry.Lease> leases;

    MemorySnapshot(long revision, EntryTree entries, List<Expiry.Lease> leases) {
        this.revision = revision;
        this.entries = entries;
        this.leases = leases;
    }

    /** The revision of the store when this was taken. */
    public long revision() {
        return revision;
    }

    /** How many keys there were. */
    public int size() {
        return entries.size();
    }
}
