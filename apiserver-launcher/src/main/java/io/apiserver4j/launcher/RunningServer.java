// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.flow.FlowControl;
import io.apiserver4j.http.ConnectionLimits;
import io.apiserver4j.http.HttpServer;
import io.apiserver4j.launcher.Options.Listening;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.ApiCaller;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.ApiServerSettings;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.store.seal.SealException;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server of the program, from its options to its end. */
final class RunningServer implements AutoCloseable {
    /** What the kubeconfig of the administrator is called, in the folder of the certificates. */
    static final String KUBECONFIG = "admin.kubeconfig";

    /** Answers under way get this time at the end; watches end at once. */
    private static final Duration DRAIN = Duration.ofMillis(600);

    private static final int NEVER_WAITING = 424;

    private final ApiServer server;
    private final HttpServer http;
    private final @Nullable EtcdStorage storage;
    private final Certificates certificates;
    private final Path kubeconfig;
    private final Duration shutdownDelay;
    private final @Nullable ServingFiles files;

    private RunningServer(
            ApiServer server,
            HttpServer http,
            @Nullable EtcdStorage storage,
            Certificates certificates,
            Path kubeconfig,
            Duration shutdownDelay,
            @Nullable ServingFiles files) {
        this.files = files;
        this.server = server;
        this.http = http;
        this.storage = storage;
        this.certificates = certificates;
        this.kubeconfig = kubeconfig;
        this.shutdownDelay = shutdownDelay;
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @param warnings takes what is not as the options would have it
     * @throws Refusal where the options can't be followed
     */
    static RunningServer start(Options options, Progress progress, Consumer<String> warnings) throws Refusal {
        Listening listening = options.listening();
        progress.step("reading certificates");
        Certificates certificates = Certificates.open(listening);
        Gates gates = Gates.of(options.callers(), certificates.made().authority());
        TokenKeys keys = TokenKeys.of(options.tokens());
        Map<String, ObjectValue> plugins = AdmissionConfigFile.read(
                options.admissionConfiguration(), options.settings().enabledAdmissionPlugins());
        gates.warnings().forEach(warnings);
        progress.step("starting");
        int port = listening.port() == 0 ? freePort(listening.address()) : listening.port();
        String clientAuthorities = clientAuthorities(options, certificates);
        // The socket is opened while the server is made; who comes before that is done has to wait.
        LateDoor door = new LateDoor();
        FutureTask<HttpServer> opening = new FutureTask<>(() -> open(door, options, port, certificates, gates));
        new Thread(opening, "apiserver4j-open").start();
        EtcdStorage storage = storage(options.etcd(), opening);
        ApiServer server;
        try {
            server = options.operations()
                    .applyTo(server(options, storage, gates))
                    .settings(settings(options.settings(), port, certificates))
                    .clientAuthorities(clientAuthorities)
                    .admissionConfiguration(plugins)
                    .serviceAccounts(options.tokens().settings(keys, certificates.made()::serviceAccountKeys))
                    .bootstrapTokens(options.tokens().bootstrap())
                    .certificateSigner(certificates.made()::sign)
                    .build();
        } catch (SealException e) {
            end(opening, storage);
            throw Refusal.of("error while parsing file: " + e.getMessage());
        } catch (ApiException | StoreException e) {
            end(opening, storage);
            throw Refusal.of("the storage fails: " + e.getMessage());
        }
        door.lead(server);
        HttpServer http = opened(opening, server, listening.address(), port);
        RunningServer running = new RunningServer(
                server,
                http,
                storage,
                certificates,
                listening.folder().resolve(KUBECONFIG).toAbsolutePath(),
                options.shutdownDelay(),
                ServingFiles.watch(listening, certificates));
        try {
            AdminKubeconfig.keepOrWrite(running.kubeconfig, http.url(), certificates);
        } catch (IOException e) {
            running.close();
            throw Refusal.of("error writing kubeconfig: open " + SystemErrors.text(e));
        }
        return running;
    }

    private static @Nullable EtcdStorage storage(@Nullable EtcdOptions options, Future<HttpServer> opening)
            throws Refusal {
        if (options == null) {
            return null;
        }
        try {
            return EtcdStorage.open(options);
        } catch (Refusal e) {
            end(opening, null);
            throw e;
        }
    }

    private static ApiServer.Builder server(Options options, @Nullable EtcdStorage storage, Gates gates)
            throws Refusal {
        ApiServer.Builder builder = ApiServer.builder()
                .apis(options.apis())
                .authenticator(gates.authenticator())
                .authorizers(gates.authorizer())
                .tokens(options.callers().foreign().tokens())
                .storage(options.storage());
        options.frontProxy().applyTo(builder);
        if (storage != null) {
            builder.store(storage.main()).storage(options.storage().withOverrides(storage.overrides()));
        }
        return builder;
    }

    /** Gives back what was opened for a server that can't be made. */
    private static void end(Future<HttpServer> opening, @Nullable EtcdStorage storage) {
        try {
            opening.get().close(Duration.ZERO);
        } catch (ExecutionException e) {
            // then there is nothing to close
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (storage != null) {
            storage.close();
        }
    }

    /** Those that clients may have certificates of: the given ones, and the self-made one. */
    private static String clientAuthorities(Options options, Certificates certificates) throws Refusal {
        Path given = options.callers().authorities();
        String own = certificates.made().authorityPem();
        return given == null ? own : SystemErrors.read(given).strip() + "\n" + own;
    }

    private static HttpServer open(ApiCaller door, Options options, int port, Certificates certificates, Gates gates)
            throws IOException {
        HttpServer http = HttpServer.builder(door)
                .address(options.listening().address())
                .port(port)
                .tls(certificates.serving().withClientAuthorities(gates.signers()))
                .limits(limits(options))
                .start();
        certificates.signOnce();
        return http;
    }

    private static HttpServer opened(Future<HttpServer> opening, ApiServer server, String address, int port)
            throws Refusal {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            server.close();
            throw notBound(address, port, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw Refusal.of("interrupted");
        }
    }

    private static Refusal notBound(String address, int port, Throwable e) {
        String place = place(address, port);
        return Refusal.of("failed to create listener: failed to listen on " + place + ": listen tcp " + place + ": "
                + SystemErrors.bind(e));
    }

    private static String place(String address, int port) {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    /** The server publishes its port before it listens, so it has to be found first. */
    private static int freePort(String address) throws Refusal {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw notBound(address, 0, e);
        }
    }

    private static ApiServerSettings settings(ApiServerSettings settings, int port, Certificates certificates) {
        return settings.withSecurePort(port).withRootCertificates(certificates.trust());
    }

    /** As many handlers as requests may be in flight and wait for their turn, and some for those that never wait. */
    private static ConnectionLimits limits(Options options) {
        ConnectionLimits limits = ConnectionLimits.STANDARD;
        long seats = (long) options.settings().maxRequestsInflight()
                + options.settings().maxMutatingRequestsInflight()
                + FlowControl.WAITS
                + NEVER_WAITING;
        if (seats > limits.handlers()) {
            limits = limits.withHandlers((int) Math.min(seats, 1 << 16), limits.waiting());
        }
        int streams = options.listening().streams();
        return streams > 0 ? limits.withStreams(streams) : limits;
    }

    /** The URL that clients reach it by. */
    String url() {
        return http.url();
    }

    /** The file with the administrator's kubeconfig. */
    Path kubeconfig() {
        return kubeconfig;
    }

    /** What it is known by. */
    Certificates certificates() {
        return certificates;
    }

    /** Goes on serving for the delay that was asked for, not ready any more; then drains and ends. */
    void stop() {
        server.announceStop();
        if (!shutdownDelay.isZero()) {
            try {
                Thread.sleep(shutdownDelay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        close();
    }

    @Override
    public void close() {
        if (files != null) {
            files.close();
        }
        http.close(DRAIN);
        server.close();
        if (storage != null) {
            storage.close();
        }
    }
}
