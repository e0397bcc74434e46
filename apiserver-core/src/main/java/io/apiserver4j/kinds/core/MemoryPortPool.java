// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.store.ObjectStore;
import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one server that shares its store with no other: kept in memory, read from the services that are there
 * when it is first asked.
 */
final class MemoryPortPool implements PortPool {
    private final PortRange range;
    private final Supplier<ObjectStore> services;
    private @Nullable BitSet taken;

    MemoryPortPool(PortRange range, Supplier<ObjectStore> services) {
        this.range = range;
        this.services = services;
    }

    private BitSet taken() {
        if (taken == null) {
            taken = range.held(services.get());
        }
        return taken;
    }

    @Override
    public synchronized int takeAny() {
        int found = range.free(taken());
        if (found != 0) {
            taken().set(found - range.first());
        }
        return found;
    }

    @Override
    public synchronized @Nullable String take(int port) {
        if (!range.contains(port)) {
            return range.outside();
        }
        if (taken().get(port - range.first())) {
            return TAKEN;
        }
        taken().set(port - range.first());
        return null;
    }

    @Override
    public synchronized void release(int port) {
        if (range.contains(port)) {
            taken().clear(port - range.first());
        }
    }

    @Override
    public synchronized boolean isTaken(int port) {
        return range.contains(port) && taken().get(port - range.first());
    }
}
