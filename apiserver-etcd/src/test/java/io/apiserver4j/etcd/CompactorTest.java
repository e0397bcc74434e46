// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.storage.CommitResult.Committed;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.Write;
import io.grpc.ManagedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers that share an etcd compact it in turns, one per interval. */
class CompactorTest {

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

    private static long put(EtcdStore store) {
        return ((Committed) store.commit(Precondition.any(), Write.put("/t/a", new byte[1]))).revision();
    }

    @Test
    void oneServerHasTheTurnAndForgetsWhatIsOlderThanAnInterval() {
        ManagedChannel channel = new Connection().open(List.of(etcd.endpoint()));
        try (EtcdStore store = etcd.store().build()) {
            Calls calls = new Calls(channel, Duration.ofSeconds(20));
            List<Long> ours = new ArrayList<>();
            List<Long> theirs = new ArrayList<>();
            Compactor one = new Compactor(calls, ours::add);
            Compactor other = new Compactor(calls, theirs::add);
            one.run(); // finds no key, and takes the first turn without anything to forget
            other.run(); // sees that the turn was taken
            long first = put(store);
            one.run();
            other.run();
            long second = put(store);
            one.run();
            other.run();
            assertThat(ours).hasSize(2);
            assertThat(ours.get(0)).isLessThan(first);
            assertThat(ours.get(1)).isBetween(first, second - 1);
            assertThat(theirs).isEmpty();
            put(store);
            other.run(); // the first one is gone: the other takes over
            assertThat(theirs)
                    .hasSize(1)
                    .allSatisfy(revision -> assertThat(revision).isGreaterThan(second));
            Entry key = Objects.requireNonNull(store.get(Compactor.KEY));
            assertThat(key.version()).isEqualTo(4);
            assertThat(new String(key.value(), StandardCharsets.US_ASCII)).isEqualTo(String.valueOf(theirs.get(0)));
        } finally {
            channel.shutdownNow();
        }
    }
}
