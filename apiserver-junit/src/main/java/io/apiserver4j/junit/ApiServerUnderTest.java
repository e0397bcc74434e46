// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import io.apiserver4j.audit.AuditLevel;
import io.apiserver4j.audit.AuditPolicy;
import io.apiserver4j.audit.AuditSettings;
import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authn.ClientCertificates;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.http.HttpServer;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.ApiServerSettings;
import io.apiserver4j.storage.memory.MemorySnapshot;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A server for tests: in memory, on a free port of the loopback interface, with the harness controllers on. What tests use
 * of it besides a client: the address, a kubeconfig, faults, the clock, snapshots. Safe for use by several threads.
 */
public final class ApiServerUnderTest implements AutoCloseable {
    private final TestClock clock = new TestClock();
    private final MemoryStore store = MemoryStore.builder().clock(clock).build();
    private final Faults faults = new Faults();
    private final AuditRecorder audit = new AuditRecorder();
    private final SelfSigned credentials = SelfSigned.ofThisJvm();
    private final ApiServer server;
    private final HttpServer http;

    private ApiServerUnderTest(ApiServerSettings settings) {
        server = ApiServer.builder()
                .store(store)
                .clock(clock)
                .settings(settings)
                .certificateSigner(credentials::sign)
                .authenticator(new AuthenticatorChain(
                        List.of(new ClientCertificates(List.of(credentials.authority()), clock), new Anonymous())))
                .authorizer(new AuthorizerChain(List.of(Authorizers.masters(), Authorizers.discoveryOnly())))
                .audit(AuditSettings.of(AuditPolicy.everything(AuditLevel.REQUEST_RESPONSE), audit))
                .pipeline(pipeline -> pipeline.after("authorize", "faults", faults))
                .build();
        try {
            http = HttpServer.builder(server).tls(credentials.tls()).start();
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException("the server for tests can't listen", e);
        }
    }

    /** A started server with all controllers that can run inside. */
    public static ApiServerUnderTest start() {
        return start(ApiServerSettings.STANDARD.withControllers(ApiServerSettings.ALL_CONTROLLERS));
    }

    /** A started server with these settings. */
    public static ApiServerUnderTest start(ApiServerSettings settings) {
        return new ApiServerUnderTest(settings);
    }

    /** The server itself, for requests within the process. */
    public ApiServer server() {
        return server;
    }

    /** Where it is reached: {@code https://127.0.0.1:port}. */
    public String url() {
        return http.url();
    }

    /** The certificate of the authority that clients are to trust, as PEM. */
    public String authorityPem() {
        return credentials.authorityPem();
    }

    /** A kubeconfig of a member of system:masters. */
    public String kubeconfig() {
        return credentials.kubeconfig(url());
    }

    /** A kubeconfig of a member of system:masters that works in a namespace. */
    public String kubeconfig(String namespace) {
        return kubeconfig().replaceAll("(?m)^(\\s+)user: ", "$1namespace: " + namespace + "\n$1user: ");
    }

    /** The faults to come. */
    public Faults faults() {
        return faults;
    }

    /** Tells who did what, once it is started. */
    public AuditRecorder audit() {
        return audit;
    }

    /** The server's clock. */
    public TestClock clock() {
        return clock;
    }

    /** Moves the server's clock forward: what has a time to live ends, ages grow. */
    public void advance(Duration by) {
        clock.advance(by);
        store.tick();
    }

    /** Makes a namespace with a name of its own, and gives the name. */
    public String newNamespace(String prefix) {
        String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
        ObjectValue namespace = ObjectValue.of("metadata", ObjectValue.of("name", Value.of(name)));
        ApiResponse response = server.handle(ApiRequest.of(
                "POST",
                "/api/v1/namespaces",
                Headers.of("Content-Type", "application/json"),
                JsonWriter.toBytes(namespace)));
        if (response.code() != 201) {
            throw new IllegalStateException("no namespace " + name + ": " + text(response));
        }
        return ObjectMeta.of(JsonReader.readObject(((ApiResponse.Complete) response).body()))
                .name();
    }

    private static String text(ApiResponse response) {
        return response instanceof ApiResponse.Complete complete
                ? JsonReader.readObject(complete.body()).stringOrEmpty("message")
                : Integer.toString(response.code());
    }

    /** Everything that is kept now. */
    public MemorySnapshot snapshot() {
        return store.snapshot();
    }

    /** Brings back what was kept then. Watches end with 410, as after a compaction; revisions go on upwards. */
    public void restore(MemorySnapshot snapshot) {
        store.restore(snapshot);
    }

    @Override
    public void close() {
        http.close();
        server.close();
        store.close();
    }
}
