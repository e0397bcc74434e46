// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.kubectl;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authn.ClientCertificates;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.http.HttpServer;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.ApiServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A server in memory for kubectl: {@code ServeForKubectl PORT KUBECONFIG}, then {@code kubectl --kubeconfig KUBECONFIG get
 * namespaces}. Callers with the certificate of the kubeconfig may do everything, others see health and version.
 */
public final class ServeForKubectl implements AutoCloseable {
    private final ApiServer server;
    private final HttpServer door;

    private ServeForKubectl(ApiServer server, HttpServer door) {
        this.server = server;
        this.door = door;
    }

    /**
     * A running server whose kubeconfig has been written, readable by its owner only.
     *
     * @param port the port, or 0 for any that is free
     * @throws IOException where the port is taken or the file can't be written
     */
    public static ServeForKubectl start(int port, Path kubeconfig) throws IOException {
        SelfSigned credentials = SelfSigned.create(SelfSigned.Options.STANDARD);
        ApiServer server = ApiServer.builder()
                .settings(ApiServerSettings.STANDARD.withControllers(ApiServerSettings.ALL_CONTROLLERS))
                .authenticator(new AuthenticatorChain(List.of(
                        new ClientCertificates(List.of(credentials.authority()), InstantSource.system()),
                        new Anonymous())))
                .authorizer(new AuthorizerChain(List.of(Authorizers.masters(), Authorizers.discoveryOnly())))
                .build();
        try {
            HttpServer door =
                    HttpServer.builder(server).port(port).tls(credentials.tls()).start();
            ServeForKubectl running = new ServeForKubectl(server, door);
            writePrivately(kubeconfig, credentials.kubeconfig(door.url()));
            return running;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    /** Where it is reached. */
    public String url() {
        return door.url();
    }

    @Override
    public void close() {
        door.close();
        server.close();
    }

    /** Serves until it is told to stop. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: ServeForKubectl PORT KUBECONFIG");
            System.exit(2);
        }
        Path kubeconfig = Path.of(arguments[1]);
        CountDownLatch stopped = new CountDownLatch(1);
        try (ServeForKubectl running = start(Integer.parseInt(arguments[0]), kubeconfig)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            System.out.println(
                    "serving " + running.url() + ", try: kubectl --kubeconfig " + kubeconfig + " get all -A");
            stopped.await();
        }
    }
}
