// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import java.util.concurrent.TimeUnit;

/**
 * Leases for entries that expire, shared as kube-apiserver shares them: the last one serves on while it lasts at least
 * as long as asked, not much longer, and has few enough entries. A new one lasts a little longer than asked for, so that
 * there is something to share: a twentieth, at most a minute.
 */
final class LeasePool {

    private static final long LONGEST_REUSE_SECONDS = 60;
    private static final int MOST_ENTRIES = 1000;

    private final Calls calls;
    private long lease;
    private long expiryNanos;
    private int entries;

    LeasePool(Calls calls) {
        this.calls = calls;
    }

    /** A lease that lasts at least as long; held while one is granted, since the next writer wants that one. */
    synchronized long take(long ttlSeconds) {
        long now = System.nanoTime();
        long reuse = Math.min(ttlSeconds / 20, LONGEST_REUSE_SECONDS);
        if (lease != 0 && entries < MOST_ENTRIES) {
            long left = expiryNanos - now;
            if (left > TimeUnit.SECONDS.toNanos(ttlSeconds) && left <= TimeUnit.SECONDS.toNanos(ttlSeconds + reuse)) {
                entries++;
                return lease;
            }
        }
        LeaseGrantRequest request =
                LeaseGrantRequest.newBuilder().setTTL(ttlSeconds + reuse).build();
        LeaseGrantResponse granted = calls.lease(stub -> stub.leaseGrant(request));
        lease = granted.getID();
        // By when it was asked for: the lease began later than that.
        expiryNanos = now + TimeUnit.SECONDS.toNanos(ttlSeconds + reuse);
        entries = 1;
        return lease;
    }

    /** The last lease is not to be used any more. */
    synchronized void forget() {
        lease = 0;
    }
}
