// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.http.Credential;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A start with keys that are thrown away, and the requests that kubectl and controllers begin with, over TLS: what is loaded
 * here goes into the archive of classes that makes later starts quick. Ends by itself.
 */
final class Rehearsal {
    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf,application/json";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final String DISCOVERY =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private static final char[] NO_PASSWORD = {};

    private static final String DEPLOYMENT = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"app":"web"}},\
            "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},\
            "spec":{"containers":[{"name":"web","image":"nginx","ports":[{"containerPort":80}]}]}}}}""";

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: one
            spec:
              containers:
              - name: main
                image: nginx
                resources: {requests: {cpu: 100m, memory: 64Mi}}
            """;

    private final HttpClient client;
    private final String url;
    private final PrintStream out;

    private Rehearsal(HttpClient client, String url, PrintStream out) {
        this.client = client;
        this.url = url;
        this.out = out;
    }

    /**
     * Runs it; returns the exit code.
     *
     * @throws Refusal where the server can't be started
     */
    static int run(FlagTable table, PrintStream out, PrintStream err) throws Refusal {
        try {
            Path folder = Files.createTempDirectory("apiserver4j-rehearsal");
            try {
                // Twice: the second start finds the keys of the first, as nearly every start does.
                for (int round = 0; round < 2; round++) {
                    serve(table, folder, out, err);
                }
                return 0;
            } finally {
                delete(folder);
            }
        } catch (IOException | GeneralSecurityException | IllegalStateException e) {
            throw Refusal.of("rehearsal: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of("rehearsal: interrupted");
        }
    }

    private static void serve(FlagTable table, Path folder, PrintStream out, PrintStream err)
            throws Refusal, IOException, GeneralSecurityException, InterruptedException {
        Options options = OptionsReader.read(CommandLine.read(table, "--secure-port=0", "--cert-dir=" + folder));
        try (Progress progress = new Progress(err, "rehearsing");
                RunningServer server = RunningServer.start(options, progress, new Warnings(err))) {
            progress.step("rehearsing");
            new AtSignal(server); // for its class alone
            for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_2, HttpClient.Version.HTTP_1_1)) {
                HttpClient client = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(tls(server.certificates()))
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
                new Rehearsal(client, server.url(), out).play();
            }
        }
    }

    private void play() throws IOException, InterruptedException {
        get("/readyz", JSON);
        get("/healthz", "*/*");
        get("/version", JSON);
        get("/api", DISCOVERY);
        get("/apis", DISCOVERY);
        get("/api/v1", JSON);
        get("/apis/apps/v1", JSON);
        get("/openapi/v3", JSON);
        get("/openapi/v3/apis/apps/v1", JSON);
        send("POST", "/api/v1/namespaces", JSON, "{\"metadata\":{\"name\":\"rehearsal\"}}");
        send("POST", "/apis/apps/v1/namespaces/rehearsal/deployments?fieldValidation=Strict", JSON, DEPLOYMENT);
        send("PATCH", "/api/v1/namespaces/rehearsal/pods/one?fieldManager=rehearsal", APPLY, POD);
        send(
                "PATCH",
                "/api/v1/namespaces/rehearsal/pods/one",
                "application/strategic-merge-patch+json",
                "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        send(
                "PATCH",
                "/apis/apps/v1/namespaces/rehearsal/deployments/web/scale",
                "application/merge-patch+json",
                "{\"spec\":{\"replicas\":3}}");
        get("/apis/apps/v1/namespaces/rehearsal/deployments", TABLE);
        get("/api/v1/pods?limit=500", TABLE);
        get("/api/v1/namespaces/rehearsal/pods/one", JSON);
        get("/api/v1/pods", PROTOBUF);
        get("/api/v1/namespaces?labelSelector=a%3Db", JSON);
        get("/api/v1/pods?watch=true&timeoutSeconds=1&allowWatchBookmarks=true", JSON);
        send("DELETE", "/apis/apps/v1/namespaces/rehearsal/deployments/web", JSON, "");
        send("DELETE", "/api/v1/namespaces/rehearsal/pods/one?gracePeriodSeconds=0", JSON, "");
        send("DELETE", "/api/v1/namespaces/rehearsal", JSON, "");
        request("GET", "/api/v1/namespaces/default/configmaps/none", JSON, "");
    }

    private void get(String path, String accept) throws IOException, InterruptedException {
        require("GET", path, request("GET", path, accept, ""));
    }

    private void send(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        require(method, path, request(method, path, contentType, body));
    }

    /** An answer that is not the usual one rehearses the wrong thing, but spoils nothing. */
    private void require(String method, String path, HttpResponse<String> answer) {
        if (answer.statusCode() >= 400) {
            out.println("rehearsal: " + method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> request(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
        if (body.isEmpty()) {
            request.header("Accept", type).method(method, BodyPublishers.noBody());
        } else {
            request.header("Accept", JSON).header("Content-Type", type).method(method, BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static SSLContext tls(Certificates certificates) throws IOException, GeneralSecurityException {
        Credential admin = certificates.made().admin();
        KeyStore own = store();
        own.setKeyEntry("admin", admin.key(), NO_PASSWORD, admin.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        KeyStore trusted = store();
        trusted.setCertificateEntry("ca", certificates.made().authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
