// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.contract.ObjectStoreContract;
import io.apiserver4j.storage.KeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract of objects over stores, on an etcd whose progress can not be trusted: lists are read from it. */
@EnabledIf("asked")
class OldEtcdObjectStoreTest extends ObjectStoreContract {

    private static EtcdProcess etcd;

    static boolean asked() {
        return OldEtcdStoreTest.asked();
    }

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start("old", "--unsafe-no-fsync");
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
