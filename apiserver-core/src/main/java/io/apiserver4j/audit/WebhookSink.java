// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts events to a URL, as kind EventList of audit.k8s.io/v1. What is not taken is sent again, up to five times with
 * growing pauses, and then lost. Follows no redirects. Belongs behind a {@link BufferedSink}, unless calls are to wait.
 */
public final class WebhookSink implements AuditSink {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSink.class);
    private static final int TRIES = 5;
    private static final double GROWTH = 1.5;

    private final Target target;
    private final Duration firstPause;
    private final IntConsumer lost;
    private @Nullable HttpClient client; // guarded by this

    /**
     * Where events go.
     *
     * @param tls whom to trust and what to show; null for the defaults of this JVM
     * @param token a bearer token, or empty
     */
    public record Target(URI url, @Nullable SSLContext tls, String token, Duration patience) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Target[" + url + "]";
        }
    }

    /** A sink for a target; {@code lost} takes the number of events that it did not take. */
    public WebhookSink(Target target, Duration firstPause, IntConsumer lost) {
        this.target = target;
        this.firstPause = firstPause;
        this.lost = lost;
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(target.patience());
            SSLContext tls = target.tls();
            if (tls != null) {
                builder.sslContext(tls);
            }
            known = builder.build();
            client = known;
        }
        return known;
    }

    @Override
    public boolean keep(List<AuditEvent> events) {
        ObjectValue list = ObjectValue.builder()
                .put("kind", "EventList")
                .put("apiVersion", "audit.k8s.io/v1")
                .put("metadata", ObjectValue.EMPTY)
                .put(
                        "items",
                        ArrayValue.of(events.stream()
                                .map(event -> event.toObject().without("kind").without("apiVersion"))
                                .toList()))
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(target.url())
                .timeout(target.patience())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonWriter.toBytes(list)));
        if (!target.token().isEmpty()) {
            request.header("Authorization", "Bearer " + target.token());
        }
        if (send(request.build())) {
            return true;
        }
        lost.accept(events.size());
        return false;
    }

    private boolean send(HttpRequest request) {
        double pause = firstPause.toMillis();
        for (int tries = 1; ; tries++) {
            String why;
            try {
                int code = client().send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (code / 100 == 2) {
                    return true;
                }
                why = "it answers " + code;
            } catch (IOException e) {
                why = String.valueOf(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (tries == TRIES) {
                LOG.error("audit events were not taken by {}: {}", target.url(), why);
                return false;
            }
            try {
                Thread.sleep((long) pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause *= GROWTH;
        }
    }
}
