// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When which entries are to go. Used under the store's write lock only. */
final class Expiry {

    /** That a key goes at a time; the number is the one its entry shows. */
    record Lease(String key, long deadline, long number) {}

    private final Map<String, Lease> byKey = new HashMap<>();
    private final TreeSet<Lease> byTime = new TreeSet<>(Expiry::compare);
    private long lastNumber;

    private static int compare(Lease one, Lease other) {
        int byDeadline = Long.compare(one.deadline, other.deadline);
        return byDeadline != 0 ? byDeadline : Long.compare(one.number, other.number);
    }

    /** Lets the key live for the time to live, forever where that is 0; gives the number for its entry. */
    long set(String key, long ttlSeconds, long now) {
        forget(key);
        if (ttlSeconds == 0) {
            return 0;
        }
        long most = (Long.MAX_VALUE - now) / 1000;
        add(new Lease(key, ttlSeconds > most ? Long.MAX_VALUE : now + ttlSeconds * 1000, ++lastNumber));
        return lastNumber;
    }

    void forget(String key) {
        if (!byKey.isEmpty()) {
            Lease lease = byKey.remove(key);
            if (lease != null) {
                byTime.remove(lease);
            }
        }
    }

    /** A key whose time has come; its lease is forgotten. */
    @Nullable
    String takeDue(long now) {
        if (byTime.isEmpty() || byTime.first().deadline() > now) {
            return null;
        }
        Lease due = byTime.first();
        forget(due.key());
        return due.key();
    }

    boolean isEmpty() {
        return byTime.isEmpty();
    }

    List<Lease> all() {
        return List.copyOf(byTime);
    }

    void replaceAll(Collection<Lease> leases) {
        byKey.clear();
        byTime.clear();
        for (Lease lease : leases) {
            add(lease);
            lastNumber = Math.max(lastNumber, lease.number());
        }
    }

    private void add(Lease lease) {
        byKey.put(lease.key(), lease);
        byTime.add(lease);
    }
}
