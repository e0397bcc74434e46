// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.Query;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands calls of a group version on to the server that answers it. A thread is held until the head of the answer is there. */
final class RemoteEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteEndpoint.class);

    private final Registration registration;
    private final Backend backend;

    RemoteEndpoint(Registration registration, Backend backend) {
        this.registration = registration;
        this.backend = backend;
    }

    Registration registration() {
        return registration;
    }

    Backend backend() {
        return backend;
    }

    @Override
    public ApiResponse handle(Call call) {
        if (!registration.available()) {
            return unavailable();
        }
        try {
            backend.tls();
        } catch (GeneralSecurityException | IOException e) {
            return PlainText.error(500, String.valueOf(e.getMessage()));
        }
        ServiceAddress address;
        try {
            address = backend.address();
        } catch (ApiException | IOException e) {
            LOG.debug("no address of {}", registration.service(), e);
            return unavailable();
        }
        ApiRequest request = call.request();
        Headers headers = headers(call);
        if (!backend.waiting().tryAcquire()) {
            throw Status.tooManyRequests("Too many requests, please try again later.", 1)
                    .asException();
        }
        try {
            return UpgradeTunnel.isWanted(request)
                    ? UpgradeTunnel.open(backend, address, request, target(request), headers)
                    : forward(call, address, headers);
        } catch (GeneralSecurityException | IOException e) {
            return unreachable(e, address);
        } finally {
            backend.waiting().release();
        }
    }

    private static ApiResponse unavailable() {
        return PlainText.error(503, "service unavailable");
    }

    private ApiResponse unreachable(Throwable failure, ServiceAddress address) {
        LOG.debug("{} does not answer", registration.name(), failure);
        return PlainText.error(503, "error trying to reach service: " + BackendFailures.text(failure, address));
    }

    private static Headers headers(Call call) {
        ApiRequest request = call.request();
        Headers out = IdentityHeaders.of(request.headers(), call.requireIdentity())
                .with("X-Forwarded-Uri", request.path())
                .with("X-Forwarded-Proto", "https");
        String host = request.headers().firstOrEmpty("Host");
        if (!host.isEmpty()) {
            out = out.with("X-Forwarded-Host", host);
        }
        String from = request.peer().address();
        return from.isEmpty() ? out : out.with("X-Forwarded-For", from);
    }

    /** Path and query, the names of the query sorted as Go writes them. */
    private static String target(ApiRequest request) {
        Query query = request.query();
        if (query.isEmpty()) {
            return request.path();
        }
        StringBuilder out = new StringBuilder(request.path());
        char mark = '?';
        for (String name : new TreeSet<>(query.names())) {
            for (String value : query.all(name)) {
                out.append(mark).append(encoded(name)).append('=').append(encoded(value));
                mark = '&';
            }
        }
        return out.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ApiResponse forward(Call call, ServiceAddress address, Headers headers)
            throws GeneralSecurityException, IOException {
        ApiRequest request = call.request();
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
                backend.send(address, request.method(), target(request), headers, request.readBody(), null);
        call.cancellation().onCancel(() -> answer.cancel(true));
        Duration limit = limit(call.deadline());
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> head;
        try {
            head = limit == null ? answer.get() : answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw Status.timeout("request did not complete within the allotted timeout", 0)
                    .asException();
        } catch (ExecutionException | java.util.concurrent.CancellationException e) {
            return unreachable(e, address);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return unavailable();
        }
        if (head.statusCode() / 100 == 3
                && head.headers().firstValue("Location").isPresent()) {
            head.body().subscribe(new Unread());
            return PlainText.of(502, "the backend attempted to redirect this request, which is not permitted");
        }
        Headers.Builder out = Headers.builder();
        head.headers().map().forEach((name, values) -> {
            if (IdentityHeaders.isAnswered(name)) {
                values.forEach(value -> out.add(name, value));
            }
        });
        return new ApiResponse.Streaming(head.statusCode(), out.build(), head.body(), true);
    }

    private static @Nullable Duration limit(@Nullable Instant deadline) {
        if (deadline == null) {
            return null;
        }
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Takes nothing of a body. */
    private static final class Unread implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
