// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.controlplane;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authn.ClientCertificates;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.http.HttpServer;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.resource.ServedApis;
import io.apiserver4j.server.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A control plane of a transport company: {@code CustomControlPlane PORT KUBECONFIG}, then {@code kubectl --kubeconfig
 * KUBECONFIG get lines}. It has namespaces, config maps, roles and webhooks as any Kubernetes has, and no pods.
 */
public final class CustomControlPlane {
    private CustomControlPlane() {}

    /** A running server without a socket: callers with a certificate of the authorities may do everything. */
    public static ApiServer start(SelfSigned credentials) {
        return ApiServer.builder()
                .apis(ServedApis.controlPlane())
                .kind(Lines.kind())
                .authenticator(new AuthenticatorChain(List.of(
                        new ClientCertificates(List.of(credentials.authority()), InstantSource.system()),
                        new Anonymous())))
                .authorizer(new AuthorizerChain(List.of(Authorizers.masters(), Authorizers.discoveryOnly())))
                .build();
    }

    /** Serves until it is told to stop. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: CustomControlPlane PORT KUBECONFIG");
            System.exit(2);
        }
        SelfSigned credentials = SelfSigned.create(SelfSigned.Options.STANDARD);
        Path kubeconfig = Path.of(arguments[1]);
        CountDownLatch stopped = new CountDownLatch(1);
        try (ApiServer server = start(credentials);
                HttpServer door = HttpServer.builder(server)
                        .port(Integer.parseInt(arguments[0]))
                        .tls(credentials.tls())
                        .start()) {
            Files.writeString(kubeconfig, credentials.kubeconfig(door.url()));
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            System.out.println("serving " + door.url() + ", try: kubectl --kubeconfig " + kubeconfig + " get lines -A");
            stopped.await();
        }
    }
}
