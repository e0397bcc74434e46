// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.contract.StorageContract;
import io.apiserver4j.storage.KeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contract of stores, on etcd 3.5.1, whose progress on request may come too early. Half a minute of waiting and
 * writing, so only in CI (the variable {@code CI}) or where the variable {@code ETCD_OLD} asks for it.
 */
@EnabledIf(value = "asked", disabledReason = "etcd 3.5.1 is tried where CI or ETCD_OLD is set in the environment")
class OldEtcdStoreTest extends StorageContract {

    private static EtcdProcess etcd;

    static boolean asked() {
        return System.getenv("CI") != null || System.getenv("ETCD_OLD") != null;
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
