// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Base64;
import java.util.BitSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ports of servers that share a store, ours or kube-apiserver's: one object (a RangeAllocation, as the real server keeps
 * it) has a bit for each port that is taken, and every change replaces the object that was read, so no port is given away
 * twice. Made from the services that are there where it is missing, is of another range, or shows no free port any more.
 */
final class StoredPortPool implements PortPool {
    private static final String NAME = "servicenodeports";

    private final PortRange range;
    private final Supplier<ObjectStore> services;
    private final Supplier<ObjectStore> ranges;

    StoredPortPool(PortRange range, Supplier<ObjectStore> services, Supplier<ObjectStore> ranges) {
        this.range = range;
        this.services = services;
        this.ranges = ranges;
    }

    @Override
    public int takeAny() {
        int[] found = new int[1];
        if (!change(taken -> take(taken, found))) {
            rebuild();
            change(taken -> take(taken, found));
        }
        return found[0];
    }

    private boolean take(BitSet taken, int[] found) {
        found[0] = range.free(taken);
        if (found[0] == 0) {
            return false;
        }
        taken.set(found[0] - range.first());
        return true;
    }

    @Override
    public @Nullable String take(int port) {
        if (!range.contains(port)) {
            return range.outside();
        }
        boolean took = change(taken -> {
            boolean free = !taken.get(port - range.first());
            taken.set(port - range.first());
            return free;
        });
        return took ? null : TAKEN;
    }

    @Override
    public void release(int port) {
        if (range.contains(port)) {
            change(taken -> {
                boolean was = taken.get(port - range.first());
                taken.clear(port - range.first());
                return was;
            });
        }
    }

    @Override
    public boolean isTaken(int port) {
        return range.contains(port) && taken(current()).get(port - range.first());
    }

    /** Changes the set until nobody came between; false where there is nothing to change. */
    private boolean change(Predicate<BitSet> change) {
        while (true) {
            StoredObject current = current();
            BitSet taken = taken(current);
            if (!change.test(taken)) {
                return false;
            }
            if (ranges.get().replace(current, with(current.tree(), taken)) != null) {
                return true;
            }
        }
    }

    private void rebuild() {
        StoredObject current = current();
        ranges.get().replace(current, with(current.tree(), range.held(services.get())));
    }

    private StoredObject current() {
        while (true) {
            StoredObject found = ranges.get().get("", NAME);
            if (found != null) {
                ObjectValue tree = found.tree();
                if (tree.stringOrEmpty("range").equals(range.toString())) {
                    return found;
                }
                ranges.get().replace(found, with(tree, range.held(services.get())));
            } else {
                create();
            }
        }
    }

    private void create() {
        ObjectValue bare = ObjectValue.builder()
                .put("kind", "RangeAllocation")
                .put("apiVersion", "v1")
                .put("metadata", ObjectValue.of("name", Value.of(NAME)))
                .build();
        try {
            ranges.get().create(with(bare, range.held(services.get())));
        } catch (ApiException e) {
            if (!e.status().reason().equals("AlreadyExists")) {
                throw e;
            }
        }
    }

    private ObjectValue with(ObjectValue tree, BitSet taken) {
        return tree.with("range", range.toString())
                .with("data", Base64.getEncoder().encodeToString(reversed(taken.toByteArray())));
    }

    private static BitSet taken(StoredObject object) {
        return BitSet.valueOf(reversed(Base64.getDecoder().decode(object.tree().stringOrEmpty("data"))));
    }

    /** The real server writes the set as a number, its highest byte first. */
    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }
}
