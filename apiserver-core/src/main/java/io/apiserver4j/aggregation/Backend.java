// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.outbound.ServiceResolver;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The connections to the server behind a registration. Made when it is first called. */
final class Backend {
    /** How many calls may wait for the head of an answer at once: a server that hangs can hold no more threads than these. */
    private static final int MOST_WAITING = 64;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Registration registration;
    private final FrontProxy front;
    private final Executor executor;
    private final ServiceResolver services;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private @Nullable SSLContext tls;
    private @Nullable HttpClient client;

    Backend(Registration registration, FrontProxy front, ServiceResolver services, Executor executor) {
        this.registration = registration;
        this.front = front;
        this.services = services;
        this.executor = executor;
    }

    /** Where it is now; throws where nothing is known of it. */
    ServiceAddress address() throws IOException {
        Registration.ServiceReference service = registration.service();
        return ServiceAddress.of(services.resolve(service.namespace(), service.name(), service.port()));
    }

    /** The places of calls that wait for an answer to begin. */
    Semaphore waiting() {
        return waiting;
    }

    /** How its sockets are secured; throws where the registration's bundle is not readable. */
    synchronized SSLContext tls() throws GeneralSecurityException, IOException {
        SSLContext made = tls;
        if (made == null) {
            made = SSLContext.getInstance("TLS");
            made.init(front.managers(), new TrustManager[] {BackendTrust.of(registration)}, new SecureRandom());
            tls = made;
        }
        return made;
    }

    /** The name that is asked for where the address is a number. */
    SNIHostName serverName() {
        return new SNIHostName(registration.serverName());
    }

    private synchronized HttpClient client() throws GeneralSecurityException, IOException {
        HttpClient made = client;
        if (made == null) {
            SSLParameters parameters = new SSLParameters();
            parameters.setServerNames(List.of(serverName()));
            made = HttpClient.newBuilder()
                    .sslContext(tls())
                    .sslParameters(parameters)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .executor(executor)
                    .build();
            client = made;
        }
        return made;
    }

    /** Sends a request; the answer is there when its head is, and its body comes piece by piece. */
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> send(
            ServiceAddress address,
            String method,
            String target,
            Headers headers,
            byte[] body,
            @Nullable Duration limit)
            throws GeneralSecurityException, IOException {
        HttpRequest.Builder request = request(address, target, headers)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (limit != null) {
            request.timeout(limit);
        }
        return client().sendAsync(request.build(), BodyHandlers.ofPublisher());
    }

    /** Reads a document, as the aggregator itself. */
    CompletableFuture<HttpResponse<byte[]>> read(ServiceAddress address, String target, Headers headers, Duration limit)
            throws GeneralSecurityException, IOException {
        HttpRequest request = request(address, target, headers(headers, IdentityHeaders.AGGREGATOR))
                .timeout(limit)
                .build();
        return client().sendAsync(request, BodyHandlers.ofByteArray());
    }

    private static Headers headers(Headers given, Identity identity) {
        return IdentityHeaders.of(given, identity);
    }

    private static HttpRequest.Builder request(ServiceAddress address, String target, Headers headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://" + address + target));
        headers.forEach(request::header);
        return request;
    }
}
