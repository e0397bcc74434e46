// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.EtcdProgram;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.StorageSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A server of its own process that is killed at any instant: whatever it acknowledged is there. */
class KilledServerTest {
    private static final long ROUNDS = Long.getLong("faults.rounds", 1);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    /** Makes objects as fast as it can, and tells of each when it was acknowledged. */
    public static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            EtcdStore store = EtcdStore.builder().endpoints(List.of(args[0])).build();
            ApiServer server = ApiServer.builder()
                    .store(store)
                    .storage(StorageSettings.SHARED)
                    .build();
            for (int i = 0; ; i++) {
                String name = args[1] + "-" + i;
                int code = Workload.answer(
                                server, "POST", "/api/v1/namespaces/default/configmaps", Workload.object(name, i))
                        .code();
                System.out.println(name + " " + code);
            }
        }
    }

    @Test
    void whatWasAcknowledgedIsThere() throws Exception {
        Random random = new Random(SEED);
        List<String> acknowledged = new ArrayList<>();
        try (EtcdProgram etcd = EtcdProgram.start("", "--unsafe-no-fsync")) {
            for (int round = 0; round < ROUNDS; round++) {
                Process writer = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-XX:TieredStopAtLevel=1",
                                Writer.class.getName(),
                                etcd.endpoint(),
                                "round" + round)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
                    int most = 20 + random.nextInt(100);
                    for (int i = 0; i < most; i++) {
                        acknowledged.add(out.readLine());
                    }
                    // Not by destroyForcibly, which throws away what was written and not yet read.
                    new ProcessBuilder("kill", "-9", Long.toString(writer.pid()))
                            .start()
                            .waitFor();
                    out.lines().forEach(acknowledged::add);
                } finally {
                    writer.destroyForcibly();
                }
            }
            acknowledged.removeIf(line -> line == null || !line.endsWith(" 201"));
            List<String> lost = new ArrayList<>();
            try (EtcdStore store = EtcdStore.builder()
                            .endpoints(List.of(etcd.endpoint()))
                            .build();
                    ApiServer server = ApiServer.builder()
                            .store(store)
                            .storage(StorageSettings.SHARED)
                            .build()) {
                store.probe("/health", Duration.ofSeconds(20));
                for (String line : acknowledged) {
                    String path = "/api/v1/namespaces/default/configmaps/" + line.substring(0, line.indexOf(' '));
                    if (Workload.answer(server, "GET", path, "").code() != 200) {
                        lost.add(line);
                    }
                }
            }
            System.out.println("kill -9 of the server: seed=" + SEED + " rounds=" + ROUNDS + " acknowledged="
                    + acknowledged.size() + " lost=" + lost.size());
            assertThat(acknowledged).isNotEmpty();
            assertThat(lost).isEmpty();
        }
    }
}
