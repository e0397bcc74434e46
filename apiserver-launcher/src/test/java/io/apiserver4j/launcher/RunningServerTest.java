// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServerTest {
    private static final FlagTable TABLE = FlagTable.load();

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private RunningServer start(String... args) throws Refusal {
        List<String> all = new ArrayList<>(List.of("--secure-port=0", "--cert-dir=" + folder));
        all.addAll(List.of(args));
        Options options = OptionsReader.read(CommandLine.read(TABLE, all.toArray(new String[0])));
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream()), "starting")) {
            return RunningServer.start(options, progress, warnings::add);
        }
    }

    private static HttpsURLConnection call(RunningServer server, String path, String token) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", server.certificates().made().authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpsURLConnection call =
                (HttpsURLConnection) URI.create(server.url() + path).toURL().openConnection();
        call.setSSLSocketFactory(context.getSocketFactory());
        if (!token.isEmpty()) {
            call.setRequestProperty("Authorization", "Bearer " + token);
        }
        return call;
    }

    @Test
    void knowsCallersByTokenAndLetsStrangersSeeHealthOnly() throws Exception {
        Path tokens =
                Files.writeString(folder.resolve("tokens.csv"), "secret-a,ann,1,\"system:masters\"\nsecret-b,ben,2\n");
        try (RunningServer server = start("--token-auth-file=" + tokens)) {
            HttpsURLConnection health = call(server, "/healthz", "");
            try (InputStream body = health.getInputStream()) {
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("ok");
            }
            assertThat(call(server, "/api/v1/pods", "").getResponseCode()).isEqualTo(403);
            assertThat(call(server, "/healthz", "wrong").getResponseCode()).isEqualTo(401);
            assertThat(call(server, "/api/v1/pods", "secret-a").getResponseCode())
                    .isEqualTo(200);
            assertThat(call(server, "/api/v1/pods", "secret-b").getResponseCode())
                    .isEqualTo(403);
            assertThat(call(server, "/apis", "secret-b").getResponseCode()).isEqualTo(200);
        }
    }

    @Test
    void aKubeconfigThatLeadsToTheServerIsKeptAsItsUserLeftIt() throws Exception {
        String port;
        Path file;
        try (RunningServer server = start()) {
            file = server.kubeconfig();
            port = String.valueOf(URI.create(server.url()).getPort());
        }
        String changed = Files.readString(file) + "# mine\n";
        Files.writeString(file, changed);
        try (RunningServer server = start("--secure-port=" + port)) {
            assertThat(server.kubeconfig()).isEqualTo(file).hasContent(changed);
        }
        try (RunningServer server = start("--bind-address=127.0.0.2", "--secure-port=" + port)) {
            assertThat(Files.readString(server.kubeconfig()))
                    .contains("https://127.0.0.2:" + port)
                    .doesNotContain("# mine");
        }
    }

    @Test
    void aPortInUseIsSaidAsTheRealServerSaysIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> start("--secure-port=" + taken.getLocalPort()))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("failed to create listener: failed to listen on " + place + ": listen tcp " + place
                            + ": bind: address already in use");
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no key");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> start("--token-auth-file=" + none))
                .hasMessage("open " + none + ": no such file or directory");
        assertThatThrownBy(() -> start("--client-ca-file=" + text))
                .hasMessageStartingWith("unable to load client CA file: error loading CA bundle for " + text);
        assertThatThrownBy(() -> start("--service-account-key-file=" + text))
                .hasMessageEndingWith("data does not contain any valid RSA or ECDSA public keys");
        assertThatThrownBy(() -> start("--service-account-signing-key-file=" + text))
                .hasMessageEndingWith("data does not contain a valid RSA or ECDSA private key");
        assertThatThrownBy(() -> start("--tls-cert-file=" + text)).hasMessage("missing filename for serving key");
        Files.writeString(text, "only,two\n");
        assertThatThrownBy(() -> start("--token-auth-file=" + text))
                .hasMessage(
                        "token file '" + text + "' must have at least 3 columns (token, user name, user uid), found 2");
    }

    @Test
    void aCertificateIsAKeyThatVerifiesTokens() throws Exception {
        try (RunningServer first = start()) {
            assertThat(first.url()).startsWith("https://127.0.0.1:");
        }
        try (RunningServer server = start(
                "--service-account-key-file=" + folder.resolve("apiserver.crt"),
                "--service-account-key-file=" + folder.resolve("sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-account-issuer=https://other.example",
                "--authorization-mode=AlwaysAllow",
                "--client-ca-file=" + folder.resolve("ca.crt"))) {
            assertThat(call(server, "/api", "").getResponseCode()).isEqualTo(401);
        }
        assertThat(warnings).anyMatch(warning -> warning.startsWith("AnonymousAuth is not allowed"));
    }
}
