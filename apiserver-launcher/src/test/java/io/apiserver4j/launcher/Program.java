// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
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

/** The program within this process, called by an administrator. */
final class Program implements AutoCloseable {
    private static final String TOKEN = "secret-admin";

    private final RunningServer server;

    private Program(RunningServer server) {
        this.server = server;
    }

    /** Starts it with a folder for its keys. */
    static Program start(Path folder, String... args) throws Refusal, IOException {
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",ann,1,\"system:masters\"\n");
        List<String> all =
                new ArrayList<>(List.of("--secure-port=0", "--cert-dir=" + folder, "--token-auth-file=" + tokens));
        all.addAll(List.of(args));
        Options options = OptionsReader.read(CommandLine.read(FlagTable.load(), all.toArray(new String[0])));
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream()), "starting")) {
            return new Program(RunningServer.start(options, progress, warning -> {}));
        }
    }

    /** Status code and body of an answer. */
    record Answer(int code, String body) {}

    Answer get(String path) throws Exception {
        return send("GET", path, "");
    }

    Answer send(String method, String path, String body) throws Exception {
        HttpsURLConnection call =
                (HttpsURLConnection) URI.create(server.url() + path).toURL().openConnection();
        call.setSSLSocketFactory(tls().getSocketFactory());
        call.setRequestProperty("Authorization", "Bearer " + TOKEN);
        call.setRequestMethod(method);
        if (!body.isEmpty()) {
            call.setRequestProperty("Content-Type", "application/json");
            call.setDoOutput(true);
            try (OutputStream out = call.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        int code = call.getResponseCode();
        try (InputStream in = code < 400 ? call.getInputStream() : call.getErrorStream()) {
            return new Answer(code, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private SSLContext tls() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", server.certificates().made().authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        server.close();
    }
}
