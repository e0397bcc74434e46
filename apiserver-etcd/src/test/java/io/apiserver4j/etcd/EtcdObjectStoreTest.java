// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.contract.ObjectStoreContract;
import io.apiserver4j.storage.KeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of objects over stores, on an etcd that takes no time to get. */
class EtcdObjectStoreTest extends ObjectStoreContract {

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
