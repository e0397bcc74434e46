// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.view.ServiceView;
import java.util.BitSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one server that shares its store with no other: kept in memory, read from the services that are there
 * when it is first asked. Ports at the lower end are left to clients that ask for a certain one, as long as there are
 * others.
 */
final class MemoryPortPool implements PortPool {
    private static final int LEAST_RESERVED = 16;
    private static final int MOST_RESERVED = 128;
    private static final int RESERVED_PART = 32;

    private final int first;
    private final int size;
    private final int reserved;
    private final Supplier<ObjectStore> services;
    private final RandomGenerator random;
    private @Nullable BitSet taken;

    MemoryPortPool(int first, int last, Supplier<ObjectStore> services, RandomGenerator random) {
        this.first = first;
        this.size = last - first + 1;
        this.reserved =
                size <= LEAST_RESERVED ? 0 : Math.max(LEAST_RESERVED, Math.min(size / RESERVED_PART, MOST_RESERVED));
        this.services = services;
        this.random = random;
    }

    private BitSet taken() {
        if (taken == null) {
            BitSet known = new BitSet(size);
            for (StoredObject service : services.get().current("")) {
                ServiceView view = new ServiceView(service.tree());
                view.nodePorts().forEach(port -> mark(known, port));
                mark(known, view.healthCheckNodePort());
            }
            taken = known;
        }
        return taken;
    }

    private void mark(BitSet ports, int port) {
        if (contains(port)) {
            ports.set(port - first);
        }
    }

    private boolean contains(int port) {
        return port >= first && port < first + size;
    }

    @Override
    public synchronized int takeAny() {
        int found = free(reserved, size);
        if (found < 0) {
            found = free(0, reserved);
        }
        if (found < 0) {
            return 0;
        }
        taken().set(found);
        return first + found;
    }

    /** A free position of a part of the range, looked for from anywhere in it; -1 where there is none. */
    private int free(int from, int to) {
        if (to <= from) {
            return -1;
        }
        BitSet ports = taken();
        int start = random.nextInt(from, to);
        int found = ports.nextClearBit(start);
        if (found >= to) {
            found = ports.nextClearBit(from);
        }
        return found < to ? found : -1;
    }

    @Override
    public synchronized @Nullable String take(int port) {
        if (!contains(port)) {
            return "provided port is not in the valid range. The range of valid ports is " + first + "-"
                    + (first + size - 1);
        }
        if (taken().get(port - first)) {
            return TAKEN;
        }
        taken().set(port - first);
        return null;
    }

    @Override
    public synchronized void release(int port) {
        if (contains(port)) {
            taken().clear(port - first);
        }
    }

    @Override
    public synchronized boolean isTaken(int port) {
        return contains(port) && taken().get(port - first);
    }
}
