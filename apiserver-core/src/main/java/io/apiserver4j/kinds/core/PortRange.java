// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ServiceView;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * A range of ports on nodes, and how one that is free is chosen. Ports at the lower end are left to clients that ask for a
 * certain one, as long as there are others. Sets of taken ports count from the first one.
 *
 * @param reserved how many at the lower end are left
 */
record PortRange(int first, int size, int reserved, RandomGenerator random) {
    private static final int LEAST_RESERVED = 16;
    private static final int MOST_RESERVED = 128;
    private static final int RESERVED_PART = 32;

    static PortRange of(int first, int last, RandomGenerator random) {
        int size = last - first + 1;
        int reserved =
                size <= LEAST_RESERVED ? 0 : Math.max(LEAST_RESERVED, Math.min(size / RESERVED_PART, MOST_RESERVED));
        return new PortRange(first, size, reserved, random);
    }

    boolean contains(int port) {
        return port >= first && port < first + size;
    }

    /** Why a port that lies outside can't be taken. */
    String outside() {
        return "provided port is not in the valid range. The range of valid ports is " + this;
    }

    /** Any free port, 0 where there is none. */
    int free(BitSet taken) {
        int found = free(taken, reserved, size);
        if (found < 0) {
            found = free(taken, 0, reserved);
        }
        return found < 0 ? 0 : first + found;
    }

    /** A free position of a part of the range, looked for from anywhere in it; -1 where there is none. */
    private int free(BitSet taken, int from, int to) {
        if (to <= from) {
            return -1;
        }
        int found = taken.nextClearBit(random.nextInt(from, to));
        if (found >= to) {
            found = taken.nextClearBit(from);
        }
        return found < to ? found : -1;
    }

    /** What the services hold that are there now. */
    BitSet held(ObjectStore services) {
        BitSet taken = new BitSet(size);
        for (StoredObject service : services.current("")) {
            ObjectValue tree = service.tree();
            ServiceView view = new ServiceView(tree);
            view.nodePorts().forEach(port -> mark(taken, port));
            mark(taken, view.healthCheckNodePort());
        }
        return taken;
    }

    private void mark(BitSet taken, int port) {
        if (contains(port)) {
            taken.set(port - first);
        }
    }

    /** As flags have it: {@code 30000-32767}. */
    @Override
    public String toString() {
        return first + "-" + (first + size - 1);
    }
}
