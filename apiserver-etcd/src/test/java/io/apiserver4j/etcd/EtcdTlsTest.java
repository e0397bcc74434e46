// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apiserver4j.storage.CommitResult.Committed;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS both ways: etcd shows a certificate for its address and wants one from the client. */
class EtcdTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void bothSidesShowTheirCertificates() throws Exception {
        pair("good");
        try (EtcdProcess etcd = EtcdProcess.start(
                "",
                "--cert-file=" + pem("good.crt"),
                "--key-file=" + pem("good.key"),
                "--trusted-ca-file=" + pem("good.crt"),
                "--client-cert-auth")) {
            try (EtcdStore store = etcd.store()
                    .trustedAuthorities(pem("good.crt"))
                    .clientCertificate(pem("good.crt"), pem("good.key"))
                    .build()) {
                assertThat(store.commit(Precondition.absent(), Write.put("/t/a", new byte[1])))
                        .isInstanceOf(Committed.class);
            }
            refused(etcd.store().trustedAuthorities(pem("good.crt")));
            // Without authorities of its own the JDK's count, which do not know this one.
            refused(etcd.store().clientCertificate(pem("good.crt"), pem("good.key")));
        }
    }

    @Test
    void whatIsNotFitIsSaidAtOnce() {
        assertThatThrownBy(() -> EtcdStore.builder().build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EtcdStore.builder()
                        .endpoints(List.of("http://127.0.0.1:1", "https://127.0.0.1:2"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with and without TLS");
        assertThatThrownBy(() -> EtcdStore.builder()
                        .endpoints(List.of("https://127.0.0.1:1"))
                        .trustedAuthorities(pem("missing"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing");
    }

    private static void refused(EtcdStore.Builder settings) {
        try (EtcdStore store = settings.timeout(Duration.ofSeconds(1)).build()) {
            assertThat(catchThrowableOfType(StoreException.class, () -> store.get("/t/a"))
                            .kind())
                    .isEqualTo(StoreException.Kind.UNAVAILABLE);
        }
    }

    private Path pem(String name) {
        return folder.resolve(name);
    }

    /** A certificate that is its own authority, and its key, by the JDK's own tool. */
    private void pair(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "bc=ca:true",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        write(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        write(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
    }

    private void write(String name, String label, byte[] bytes) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(pem(name), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
