// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Posts reviews to a service of a kubeconfig, again where a failure may pass by itself. One instance serves all calls, on
 * the calls' threads; connections come with the first call.
 */
public final class RemoteService {
    private static final int TRIES = 5;
    private static final int LARGEST = 3 << 20;

    private final RemoteSettings settings;
    private final String shown;
    private final URI address;
    private @Nullable HttpClient client; // guarded by this

    /** What one try brought: an answer, or why there is none. */
    private record Outcome(JdkHttpCaller.@Nullable Answer answer, String failure, boolean passing) {}

    /**
     * A service.
     *
     * @throws IllegalArgumentException where its address is no URL
     */
    public RemoteService(RemoteSettings settings) {
        this.settings = settings;
        shown = new CallTarget(settings.server(), null, "").address() + "?timeout="
                + GoDuration.format(settings.patience().toNanos());
        address = URI.create(shown);
        String scheme = address.getScheme();
        if (address.getHost() == null || !"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException(
                    "host must be a URL or a host:port pair: " + GoText.quote(settings.server()));
        }
    }

    /**
     * Posts a document and gives the one that is answered, which is of the same kind.
     *
     * @throws CallException where there is no such answer after the last try
     */
    public ObjectValue post(ObjectValue document) {
        byte[] body = JsonWriter.toBytes(document);
        Duration pause = settings.pause();
        for (int tries = 1; ; tries++) {
            Outcome outcome = once(body);
            if (!outcome.passing() || tries == TRIES) {
                JdkHttpCaller.Answer answer = outcome.answer();
                if (answer == null) {
                    throw CallException.failed(outcome.failure());
                }
                return AnswerRules.document(answer, Kind.of(document));
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CallException.failed("Post " + GoText.quote(shown) + ": context canceled");
            }
            pause = pause.multipliedBy(3).dividedBy(2);
        }
    }

    private Outcome once(byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.patience())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, */*")
                .header("User-Agent", "kube-apiserver")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!settings.authorization().isEmpty()) {
            request.header("Authorization", settings.authorization());
        }
        try {
            HttpResponse<byte[]> response = client().send(request.build(), info -> new LimitedBody(LARGEST));
            int code = response.statusCode();
            boolean asked = response.headers().firstValue("Retry-After").isPresent();
            String type = response.headers().firstValue("Content-Type").orElse("");
            boolean passing = code == 429 || code == 500 || code == 504 || code > 500 && asked;
            return new Outcome(new JdkHttpCaller.Answer(code, type, response.body()), "", passing);
        } catch (HttpTimeoutException e) {
            return failed("context deadline exceeded (Client.Timeout exceeded while awaiting headers)", false);
        } catch (IOException e) {
            int port = address.getPort();
            int usual = "http".equals(address.getScheme()) ? 80 : 443;
            return failed(
                    CallFailures.text(e, address.getHost(), port < 0 ? usual : port), CallFailures.isWithoutAnswer(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("context canceled", false);
        }
    }

    private Outcome failed(String why, boolean passing) {
        return new Outcome(null, "Post " + GoText.quote(shown) + ": " + why, passing);
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.patience());
            if ("https".equals(address.getScheme())) {
                try {
                    RemoteTls.apply(builder, settings, address.getHost());
                } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
                    throw CallException.misconfigured("unable to load root certificates: " + e.getMessage());
                }
            }
            known = builder.build();
            client = known;
        }
        return known;
    }
}
