// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authn.ClientCertificates;
import io.apiserver4j.authn.StaticTokens;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.http.HttpServer;
import io.apiserver4j.http.KubeconfigWriter;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.ApiServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The program. */
public final class Main {
    private Main() {}

    /** Starts a server and serves until the process is told to stop. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> flags = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            flags.put(
                    equals < 0 ? arg.substring(2) : arg.substring(2, equals), equals < 0 ? "true" : arg.substring(equals + 1));
        }
        Path certs = Path.of(flags.getOrDefault("cert-dir", "certs"));
        Files.createDirectories(certs);
        SelfSigned made = SelfSigned.inFolder(certs, SelfSigned.Options.STANDARD);
        List<Authenticator> authenticators = new ArrayList<>();
        authenticators.add(new ClientCertificates(List.of(made.authority()), InstantSource.system()));
        if (flags.containsKey("token-auth-file")) {
            authenticators.add(StaticTokens.parse(Files.readString(Path.of(flags.get("token-auth-file")))));
        }
        authenticators.add(new Anonymous());
        ApiServerSettings standard = ApiServerSettings.STANDARD;
        ApiServerSettings settings = new ApiServerSettings(
                standard.maxRequestsInflight(),
                standard.maxMutatingRequestsInflight(),
                standard.requestTimeout(),
                standard.enabledAdmissionPlugins(),
                standard.disabledAdmissionPlugins(),
                List.of(flags.getOrDefault("service-cluster-ip-range", "10.0.0.0/24").split(",")),
                standard.serviceNodePorts(),
                flags.getOrDefault("advertise-address", "127.0.0.1"),
                Integer.parseInt(flags.getOrDefault("secure-port", "6443")),
                flags.getOrDefault("apiserver4j-controllers", "all").equals("none")
                        ? Set.of()
                        : ApiServerSettings.ALL_CONTROLLERS);
        ApiServer server = ApiServer.builder()
                .settings(settings)
                .authenticator(new AuthenticatorChain(authenticators))
                .authorizer(new AuthorizerChain(List.of(Authorizers.masters(), Authorizers.discoveryOnly())))
                .build();
        HttpServer http = HttpServer.builder(server)
                .port(Integer.parseInt(flags.getOrDefault("secure-port", "6443")))
                .tls(made.tls())
                .start();
        Path kubeconfig = certs.resolve("admin.kubeconfig");
        KubeconfigWriter.write(kubeconfig, made.kubeconfig(http.url()));
        Runtime.getRuntime().addShutdownHook(new Thread(http::close));
        System.out.println("ready: " + http.url() + " kubeconfig " + kubeconfig);
        new CountDownLatch(1).await();
    }
}
