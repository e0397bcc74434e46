// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import io.apiserver4j.contract.StorageContract;
import io.apiserver4j.storage.KeyValueStore;
import java.time.Duration;

class MemoryStoreContractTest extends StorageContract {

    private final TestClock clock = new TestClock();

    @Override
    protected KeyValueStore open() {
        return MemoryStore.builder().clock(clock).build();
    }

    @Override
    protected void pass(Duration time) {
        clock.move(time);
        ((MemoryStore) store()).tick();
    }
}
