// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.contract.StorageContract;
import io.apiserver4j.storage.KeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of stores, on an etcd that takes no time to get: one on PATH, or a current one built before. */
class EtcdStoreTest extends StorageContract {

    private static EtcdProcess etcd;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start("", "--unsafe-no-fsync");
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Override
    protected KeyValueStore open() {
        etcd.clear();
        return etcd.store().build();
    }
}
