// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.contract.EtcdProgram;
import io.apiserver4j.launcher.Program.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with its objects in a real etcd: it keeps nothing itself. */
class EtcdProgramTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static EtcdProgram etcd;

    @TempDir
    Path folder;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProgram.start("", "--unsafe-no-fsync");
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        if (etcd != null) {
            etcd.close();
        }
    }

    private Program start(String... more) throws Exception {
        String[] args = new String[more.length + 1];
        args[0] = "--etcd-servers=" + etcd.endpoint();
        System.arraycopy(more, 0, args, 1, more.length);
        return Program.start(folder, args);
    }

    @Test
    void theNextStartFindsEverything() throws Exception {
        String made;
        try (Program program = start()) {
            made = program.send("POST", MAPS, "{\"metadata\":{\"name\":\"kept\"},\"data\":{\"a\":\"b\"}}")
                    .body();
            assertThat(program.get("/readyz/etcd").body()).isEqualTo("ok");
        }
        try (Program program = start()) {
            assertThat(program.get(MAPS + "/kept")).isEqualTo(new Answer(200, made));
            assertThat(program.get(MAPS).body()).contains("\"name\":\"kept\"");
            assertThat(program.get("/metrics").body()).contains("apiserver_resource_objects{");
        }
        try (Program other = start("--etcd-prefix=/other")) {
            assertThat(other.get(MAPS + "/kept").code()).isEqualTo(404);
        }
    }

    @Test
    void anEtcdThatIsAwayEndsTheStart() {
        assertThatThrownBy(() -> Program.start(
                        folder, "--etcd-servers=http://127.0.0.1:1", "--storage-initialization-timeout=100ms"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("error waiting for etcd connection: ");
    }
}
