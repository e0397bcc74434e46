// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.etcd;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authn.ClientCertificates;
import io.apiserver4j.etcd.EtcdStore;
import io.apiserver4j.http.HttpServer;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.StorageSettings;
import io.apiserver4j.storage.KeyValueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A server over etcd: {@code EtcdBackedServer PORT KUBECONFIG ETCD_URL...}. Stop it, start it again on another machine, or
 * start a second one beside it: what was written is there.
 */
public final class EtcdBackedServer {
    private EtcdBackedServer() {}

    /** A store in an etcd with these members; of the past, five minutes can be watched and listed. */
    public static KeyValueStore store(List<String> members) {
        return EtcdStore.builder()
                .endpoints(members)
                .compactionInterval(Duration.ofMinutes(5))
                .build();
    }

    /** A running server without a socket: callers are known by certificates, and may do what roles give them. */
    public static ApiServer start(KeyValueStore store, SelfSigned credentials) {
        return ApiServer.builder()
                .store(store)
                .storage(StorageSettings.SHARED)
                .authenticator(new AuthenticatorChain(List.of(
                        new ClientCertificates(List.of(credentials.authority()), InstantSource.system()),
                        new Anonymous())))
                .roles()
                .build();
    }

    /** Serves until it is told to stop. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: EtcdBackedServer PORT KUBECONFIG ETCD_URL...");
            System.exit(2);
        }
        SelfSigned credentials = SelfSigned.create(SelfSigned.Options.STANDARD);
        Path kubeconfig = Path.of(arguments[1]);
        CountDownLatch stopped = new CountDownLatch(1);
        try (KeyValueStore store = store(List.of(arguments).subList(2, arguments.length));
                ApiServer server = start(store, credentials);
                HttpServer door = HttpServer.builder(server)
                        .port(Integer.parseInt(arguments[0]))
                        .tls(credentials.tls())
                        .start()) {
            Files.writeString(kubeconfig, credentials.kubeconfig(door.url()));
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            System.out.println("serving " + door.url() + ", try: kubectl --kubeconfig " + kubeconfig + " get all -A");
            stopped.await();
        }
    }
}
