// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.EtcdProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program started as test harnesses start kube-apiserver: with their flags and the files that they make. */
class HarnessFlagsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

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

    /** A key and a certificate that it signed itself, as PEM files. */
    private KeyStore selfSigned(String name, String subject, String... more) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-alias",
                "a",
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process made = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Key key = store.getKey("a", PASSWORD);
        Certificate certificate = store.getCertificate("a");
        pem(name + ".key", "PRIVATE KEY", key.getEncoded());
        pem(name + ".crt", "CERTIFICATE", certificate.getEncoded());
        return store;
    }

    private void pem(String name, String type, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private static RunningServer start(String... args) throws Refusal {
        Options options = OptionsReader.read(CommandLine.read(FlagTable.load(), args));
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream()), "starting")) {
            return RunningServer.start(options, progress, warning -> {});
        }
    }

    private static int get(RunningServer server, String path, KeyStore client, Certificate trusted) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(client, PASSWORD);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsURLConnection call =
                (HttpsURLConnection) URI.create(server.url() + path).toURL().openConnection();
        call.setSSLSocketFactory(context.getSocketFactory());
        call.setHostnameVerifier((name, session) -> true);
        return call.getResponseCode();
    }

    /** fabric8's kube-api-test: everything it signs with is one key, and the client is its own authority. */
    @Test
    void asTheHarnessForJavaStartsIt() throws Exception {
        KeyStore serving = selfSigned("apiserver", "CN=example.org", "-ext", "SAN=dns:kubernetes,ip:127.0.0.1");
        KeyStore client = selfSigned("client", "CN=kubeapitest, O=\"system:masters\"");
        String key = folder.resolve("apiserver.key").toString();
        try (RunningServer server = start(
                "--cert-dir",
                folder.toString(),
                "--secure-port",
                "0",
                "--etcd-servers",
                etcd.endpoint(),
                "--authorization-mode",
                "RBAC",
                "--service-account-issuer",
                "https://localhost",
                "--service-account-signing-key-file",
                key,
                "--service-account-signing-key-file",
                key,
                "--service-account-key-file",
                key,
                "--service-account-issuer",
                folder.resolve("apiserver.crt").toString(),
                "--disable-admission-plugins",
                "ServiceAccount",
                "--client-ca-file",
                folder.resolve("client.crt").toString(),
                "--service-cluster-ip-range",
                "10.0.0.0/24",
                "--allow-privileged")) {
            Certificate trusted = serving.getCertificate("a");
            assertThat(get(server, "/readyz", client, trusted)).isEqualTo(200);
            assertThat(get(server, "/api/v1/namespaces/default", client, trusted))
                    .isEqualTo(200);
        }
    }

    /** controller-runtime's envtest: it asks for the help first, and brings the serving certificate in the folder. */
    @Test
    void asTheHarnessForGoStartsIt() throws Exception {
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        Help.print(FlagTable.load(), new PrintStream(help, true, StandardCharsets.UTF_8));
        assertThat(help.toString(StandardCharsets.UTF_8))
                .contains("--secure-port")
                .doesNotContain("--insecure-port");
        KeyStore serving = selfSigned("apiserver", "CN=localhost", "-ext", "SAN=ip:127.0.0.1");
        selfSigned("sa-signer", "CN=sa");
        KeyStore client = selfSigned("client", "CN=admin, O=\"system:masters\"", "-ext", "bc=ca:true");
        try (RunningServer server = start(
                "--advertise-address=127.0.0.1",
                "--allow-privileged=true",
                "--authorization-mode=RBAC",
                "--bind-address=127.0.0.1",
                "--cert-dir=" + folder,
                "--client-ca-file=" + folder.resolve("client.crt"),
                "--disable-admission-plugins=ServiceAccount",
                "--etcd-servers=" + etcd.endpoint(),
                "--secure-port=0",
                "--service-account-issuer=https://127.0.0.1:1234/",
                "--service-account-key-file=" + folder.resolve("sa-signer.crt"),
                "--service-account-signing-key-file=" + folder.resolve("sa-signer.key"),
                "--service-cluster-ip-range=10.0.0.0/24")) {
            Certificate trusted = serving.getCertificate("a");
            assertThat(get(server, "/healthz", client, trusted)).isEqualTo(200);
            assertThat(get(server, "/api/v1/namespaces/kube-system", client, trusted))
                    .isEqualTo(200);
        }
    }
}
