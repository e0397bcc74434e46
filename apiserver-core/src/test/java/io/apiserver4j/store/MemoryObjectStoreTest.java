// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.contract.ObjectStoreContract;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.memory.MemoryStore;

class MemoryObjectStoreTest extends ObjectStoreContract {
    @Override
    protected KeyValueStore open() {
        return MemoryStore.create();
    }
}
