// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.outbound.RemoteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigFileTest {
    @TempDir
    Path folder;

    @Test
    void readsTheCurrentContext() throws IOException, Refusal {
        Files.writeString(folder.resolve("ca.pem"), "authority");
        RemoteSettings read = KubeconfigFile.read(file("""
                current-context: two
                contexts:
                - {name: one, context: {cluster: other, user: other}}
                - {name: two, context: {cluster: hook, user: me}}
                clusters:
                - {name: hook, cluster: {server: "https://hook.example:8443/a", certificate-authority: ca.pem, tls-server-name: hook}}
                users:
                - {name: me, user: {username: u, password: p}}
                """));

        assertThat(read.server()).isEqualTo("https://hook.example:8443/a");
        assertThat(read.authorities()).isEqualTo("authority");
        assertThat(read.serverName()).isEqualTo("hook");
        assertThat(read.authorization()).isEqualTo("Basic dTpw");
        assertThat(read.toString()).doesNotContain("dTpw");
    }

    @Test
    void tellsWhatIsMissing() {
        assertThatThrownBy(() -> KubeconfigFile.read(Path.of("/none/x")))
                .hasMessage("stat /none/x: no such file or directory");
        assertThatThrownBy(() -> KubeconfigFile.read(file("{current-context: a}")))
                .hasMessage("context \"a\" does not exist");
        assertThatThrownBy(() -> KubeconfigFile.read(file("{}")))
                .hasMessageContaining("no configuration has been provided");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), text);
    }
}
