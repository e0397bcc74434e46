// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ports of servers that share a store: none is given away twice, and the set is kept as the real server keeps it. */
class StoredPortPoolTest {
    private final MemoryStore memory = MemoryStore.builder().build();
    private final Stores stores = new Stores(memory);

    @AfterEach
    void close() {
        stores.close();
        memory.close();
    }

    private StoredPortPool pool(int first, int last) {
        Catalog catalog = new Catalog(BuiltinCatalog.definitions());
        ObjectStore services = stores.of(Objects.requireNonNull(catalog.find("services")));
        return new StoredPortPool(
                PortRange.of(first, last, new Random(1)),
                () -> services,
                () -> stores.of(RangeAllocations.definition()));
    }

    private ObjectValue kept() {
        return Objects.requireNonNull(stores.of(RangeAllocations.definition()).get("", "servicenodeports"))
                .tree();
    }

    @Test
    void theSetIsANumberWithABitForEachPort() {
        StoredPortPool pool = pool(30000, 30099);
        assertThat(pool.take(30000)).isNull();
        assertThat(pool.take(30009)).isNull();
        assertThat(pool.take(30009)).isEqualTo(PortPool.TAKEN);
        assertThat(pool.take(29999))
                .isEqualTo("provided port is not in the valid range. The range of valid ports is 30000-30099");
        assertThat(kept().stringOrEmpty("range")).isEqualTo("30000-30099");
        assertThat(kept().stringOrEmpty("data")).isEqualTo("AgE="); // 0x0201
        assertThat(memory.get("/registry/ranges/servicenodeports")).isNotNull();
        pool.release(30000);
        assertThat(pool.isTaken(30000)).isFalse();
        assertThat(pool.isTaken(30009)).isTrue();
        assertThat(pool(31000, 31099).isTaken(31009)).isFalse();
        assertThat(kept().stringOrEmpty("range")).isEqualTo("31000-31099");
    }

    @Test
    void serversThatRaceNeverGetTheSamePort() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<Integer>>> servers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                StoredPortPool pool = pool(30000, 30119);
                servers.add(() -> {
                    List<Integer> got = new ArrayList<>();
                    for (int port = 0; port < 30; port++) {
                        got.add(pool.takeAny());
                    }
                    return got;
                });
            }
            List<Integer> all = new ArrayList<>();
            for (Future<List<Integer>> one : threads.invokeAll(servers)) {
                all.addAll(one.get());
            }
            assertThat(all).hasSize(120).doesNotHaveDuplicates().allMatch(port -> port >= 30000 && port < 30120);
        } finally {
            threads.shutdownNow();
        }
        // Nobody made services of them, so a range that is full is found to be empty.
        assertThat(pool(30000, 30119).takeAny()).isNotZero();
    }
}
