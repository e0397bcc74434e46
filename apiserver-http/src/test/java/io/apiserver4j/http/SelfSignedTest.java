// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {
    private static final SelfSigned.Options QUICK =
            SelfSigned.Options.STANDARD.withTokenKey(SelfSigned.TokenKey.EC).withNames(List.of("10.0.0.1", "myhost"));

    @TempDir
    Path folder;

    @Test
    void theSetFitsTogether() throws Exception {
        SelfSigned made = SelfSigned.create(QUICK);

        made.authority().verify(made.authority().getPublicKey());
        made.serving().certificate().verify(made.authority().getPublicKey());
        made.admin().certificate().verify(made.authority().getPublicKey());
        assertThat(made.authority().getBasicConstraints()).isNotNegative();
        assertThat(made.authority().getSubjectX500Principal().getName()).isEqualTo("CN=kubernetes");
        assertThat(made.serving().certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(made.serving().certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(made.serving().certificate().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly(
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc.cluster.local",
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1",
                        "10.0.0.1",
                        "myhost");
        assertThat(made.admin().certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(made.admin().certificate().getSubjectX500Principal().getName())
                .isEqualTo("CN=admin,O=system:masters");
        assertThat(made.serviceAccountKeys().getPublic()).isInstanceOf(ECPublicKey.class);
        assertThat(Security.getProvider("BC")).isNull();
    }

    @Test
    void furtherClientsAreOfTheSameAuthority() throws Exception {
        SelfSigned made = SelfSigned.ofThisJvm();
        Credential jane = made.client("jane", "dev", "ops");

        jane.certificate().verify(made.authority().getPublicKey());
        assertThat(jane.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=jane,O=ops,O=dev");
        assertThat(SelfSigned.ofThisJvm()).isSameAs(made);
    }

    @Test
    void textFormsComeBackAsTheyWere() throws Exception {
        SelfSigned made = SelfSigned.ofThisJvm();
        assertThat(Pem.certificates(made.serving().certificatePem() + "a word between\n" + made.authorityPem()))
                .containsExactly(made.serving().certificate(), made.authority());
        assertThat(made.admin().keyPem()).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
        assertThat(Pem.privateKey(made.admin().keyPem())).isEqualTo(made.admin().key());
        KeyPair rsa = Authority.rsaKeys();
        String text = Pem.text(rsa.getPrivate(), rsa.getPublic());
        assertThat(text).startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
        assertThat(Pem.privateKey(text)).isEqualTo(rsa.getPrivate());
        assertThat(Pem.publicKey(Pem.text(rsa.getPublic()))).isEqualTo(rsa.getPublic());
        for (String broken : List.of("", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")) {
            assertThatThrownBy(() -> Pem.privateKey(broken)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Pem.certificates(broken)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFolderIsFilledOnceAndFoundAgain() throws Exception {
        SelfSigned.Options options = SelfSigned.Options.STANDARD;
        SelfSigned first = SelfSigned.inFolder(folder.resolve("pki"), options);
        Map<String, String> written = files(folder.resolve("pki"));

        SelfSigned second = SelfSigned.inFolder(folder.resolve("pki"), options);

        assertThat(written.keySet())
                .containsExactly(
                        "admin.crt",
                        "admin.key",
                        "apiserver.crt",
                        "apiserver.key",
                        "ca.crt",
                        "ca.key",
                        "sa.key",
                        "sa.pub");
        assertThat(files(folder.resolve("pki"))).isEqualTo(written);
        assertThat(second.serving()).isEqualTo(first.serving());
        assertThat(second.admin()).isEqualTo(first.admin());
        assertThat(second.serviceAccountKeys().getPublic())
                .isEqualTo(first.serviceAccountKeys().getPublic())
                .isInstanceOf(RSAPublicKey.class);
        for (String file : written.keySet()) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("pki").resolve(file))))
                    .isEqualTo(file.endsWith(".key") ? "rw-------" : "rw-r--r--");
        }
    }

    @Test
    void whatIsNoLongerGoodIsMadeAnewAndNothingElse() throws Exception {
        SelfSigned.inFolder(folder, QUICK);
        Map<String, String> before = files(folder);

        SelfSigned.inFolder(folder, QUICK.withNames(List.of("10.0.0.1", "other")));
        assertThat(changed(before)).containsExactlyInAnyOrder("apiserver.crt", "apiserver.key");

        before = files(folder);
        Instant inAYear = Instant.now().plus(Duration.ofDays(360));
        SelfSigned.inFolder(
                folder,
                new SelfSigned.Options(List.of(), SelfSigned.TokenKey.EC, Clock.fixed(inAYear, ZoneOffset.UTC)));
        assertThat(changed(before))
                .containsExactlyInAnyOrder("apiserver.crt", "apiserver.key", "admin.crt", "admin.key");

        before = files(folder);
        Files.writeString(folder.resolve("admin.key"), "broken");
        Files.delete(folder.resolve("sa.pub"));
        SelfSigned.inFolder(folder, QUICK.withNames(List.of()));
        assertThat(changed(before))
                .contains("admin.crt", "admin.key", "sa.key", "sa.pub")
                .doesNotContain("ca.key");

        before = files(folder);
        Files.delete(folder.resolve("ca.key"));
        SelfSigned all = SelfSigned.inFolder(folder, QUICK.withNames(List.of()));
        assertThat(changed(before))
                .containsExactlyInAnyOrder(
                        "ca.crt", "ca.key", "apiserver.crt", "apiserver.key", "admin.crt", "admin.key");
        all.serving().certificate().verify(all.authority().getPublicKey());
    }

    @Test
    void aServingCertificateOfSomebodyElseIsTakenAsItIs() throws Exception {
        Authority other = Authority.create("their-own", Clock.systemUTC());
        Credential theirs = other.server("their-server", List.of("localhost"));
        Files.writeString(folder.resolve("apiserver.crt"), theirs.certificatePem());
        Files.writeString(folder.resolve("apiserver.key"), theirs.keyPem());

        SelfSigned set = SelfSigned.inFolder(folder, QUICK);

        assertThat(set.serving()).isEqualTo(theirs);
        assertThat(Files.readString(folder.resolve("apiserver.crt"))).isEqualTo(theirs.certificatePem());
    }

    @Test
    void theKubeconfigSaysAll() throws Exception {
        SelfSigned made = SelfSigned.ofThisJvm();
        String text = made.kubeconfig("https://127.0.0.1:6443");

        assertThat(text)
                .contains("    server: \"https://127.0.0.1:6443\"\n", "current-context: \"admin@apiserver4j\"\n")
                .contains("client-certificate-data: ", "client-key-data: ", "certificate-authority-data: ");
        assertThat(KubeconfigWriter.withToken("https://x", "", "jane", "a\"b"))
                .contains("    token: \"a\\\"b\"\n")
                .doesNotContain("certificate-authority-data");
        KubeconfigWriter.write(folder.resolve("a").resolve("kubeconfig"), text);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("a").resolve("kubeconfig"))))
                .isEqualTo("rw-------");
    }

    private List<String> changed(Map<String, String> before) throws IOException {
        return files(folder).entrySet().stream()
                .filter(file -> !file.getValue().equals(before.get(file.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return found;
    }
}
