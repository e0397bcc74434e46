// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.EtcdProgram;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.StorageSettings;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoreOptions;
import io.apiserver4j.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whole servers while etcd has faults: what was acknowledged is there afterwards, and who watches sees everything once and
 * in order. Short by default; {@code -Dfaults.seconds=600} makes each one last, {@code -Dfaults.seed} repeats one.
 */
class ObjectFaultsTest {
    private static final long SECONDS = Long.getLong("faults.seconds", 3);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    /** What goes wrong, again and again. */
    private interface Fault {
        void happen() throws Exception;
    }

    private void withFaults(String what, String endpoint, int servers, Fault fault) throws Exception {
        try (EtcdStore store = store(endpoint);
                EtcdStore second = store(endpoint);
                ApiServer one = server(store);
                ApiServer other = server(second);
                Stores watched = new Stores(
                        store, new StoreOptions("/registry", 0, Map.of(), StoreOptions.Form.PROTOBUF, null, null))) {
            ObjectStore maps = watched.of(Objects.requireNonNull(one.catalog().find("configmaps")));
            Workload work = new Workload(servers == 1 ? List.of(one) : List.of(one, other), 4, SEED);
            EventFollower follower = new EventFollower(maps);
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            int faults = 0;
            while (System.nanoTime() < end) {
                Thread.sleep(200 + random.nextInt(400));
                fault.happen();
                faults++;
            }
            work.stop();
            work.check(other);
            follower.awaitAll();
            follower.close();
            System.out.println(what + ": seed=" + SEED + " faults=" + faults + " acknowledged=" + work.acknowledged
                    + " uncertain=" + work.uncertain + " lost=" + work.violations.size() + " events="
                    + follower.events + " resumed=" + follower.resumed + " relisted=" + follower.relisted
                    + " gaps=" + follower.violations.size());
            assertThat(work.violations).isEmpty();
            assertThat(follower.violations).isEmpty();
            assertThat(work.acknowledged.get()).isPositive();
            assertThat(follower.events).isPositive();
        }
    }

    private static EtcdStore store(String endpoint) {
        return EtcdStore.builder()
                .endpoints(List.of(endpoint))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    private static ApiServer server(EtcdStore store) {
        store.probe("/health", Duration.ofSeconds(20));
        return ApiServer.builder().store(store).storage(StorageSettings.SHARED).build();
    }

    @Test
    void etcdIsKilled() throws Exception {
        try (EtcdProgram etcd = EtcdProgram.start("")) {
            withFaults("kill -9 of etcd", etcd.endpoint(), 2, () -> {
                etcd.kill();
                Thread.sleep(random.nextInt(200));
                etcd.run();
                Thread.sleep(600);
            });
        }
    }

    @Test
    void etcdIsPaused() throws Exception {
        try (EtcdProgram etcd = EtcdProgram.start("", "--unsafe-no-fsync")) {
            withFaults("SIGSTOP of etcd", etcd.endpoint(), 2, () -> {
                etcd.pause();
                Thread.sleep(100 + random.nextInt(400));
                etcd.goOn();
            });
        }
    }

    @Test
    void connectionsAreCutAndHang() throws Exception {
        try (EtcdProgram etcd = EtcdProgram.start("", "--unsafe-no-fsync");
                CuttingProxy proxy = new CuttingProxy(etcd.endpoint())) {
            withFaults("cut connections", proxy.endpoint(), 1, () -> {
                switch (random.nextInt(3)) {
                    case 0 -> proxy.cut();
                    case 1 -> proxy.halfClose();
                    default -> {
                        proxy.hang(true);
                        Thread.sleep(random.nextInt(200));
                        proxy.cut();
                        proxy.hang(false);
                    }
                }
            });
        }
    }

    @Test
    void theHistoryIsCompactedUnderThoseWhoComeBack() throws Exception {
        try (EtcdProgram etcd = EtcdProgram.start("", "--unsafe-no-fsync");
                CuttingProxy proxy = new CuttingProxy(etcd.endpoint());
                EtcdStore beside = store(etcd.endpoint())) {
            withFaults("compaction", proxy.endpoint(), 1, () -> {
                proxy.hang(true);
                Thread.sleep(50);
                beside.compact(beside.currentRevision());
                proxy.cut();
                proxy.hang(false);
            });
        }
    }
}
