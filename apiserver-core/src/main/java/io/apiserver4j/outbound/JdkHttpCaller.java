// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.GoText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Posts JSON over HTTPS with the JDK's client: HTTP/1.1 (so that several backends share the load), connections kept, no
 * redirects. One client per authorities and server name; the least used are dropped.
 */
final class JdkHttpCaller {
    private static final int CLIENTS = 200;

    private final ServiceResolver services;
    private final Executor executor;
    private final Map<Key, HttpClient> clients = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself

    private record Key(String caBundle, String serverName) {}

    /** An answer as it came. */
    record Answer(int code, String contentType, byte[] body) {}

    /** Where a call goes: the address that messages show, and the one that is connected to. */
    private record Place(String shown, URI uri, String serverName) {}

    JdkHttpCaller(ServiceResolver services, Executor executor) {
        this.services = services;
        this.executor = executor;
    }

    /** The answer to a document. */
    Answer post(CallTarget target, byte[] document, CallLimits limits) {
        Duration patience = limits.patience();
        String query = limits.announced()
                ? "?timeout=" + GoDuration.format(wholeSeconds(patience).toNanos())
                : "";
        Place place = place(target, query);
        HttpClient client = client(new Key(target.caBundle(), place.serverName()));
        HttpRequest request = HttpRequest.newBuilder(place.uri())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, */*")
                .header("User-Agent", "kube-apiserver-admission")
                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                .build();
        long end = System.nanoTime() + patience.toNanos();
        for (int tries = 1; ; tries++) {
            AtomicBoolean answered = new AtomicBoolean();
            try {
                return once(client, request, answered, end, limits);
            } catch (IOException e) {
                if (tries == 1 && !answered.get() && CallFailures.isWithoutAnswer(e)) {
                    continue; // a connection that was idle may have been closed meanwhile
                }
                throw failed(place, e, answered.get());
            } catch (TimeoutException e) {
                throw late(place, answered.get(), limits.announced());
            } catch (CancellationException e) {
                throw ended(place, answered.get(), "context canceled");
            }
        }
    }

    private static Duration wholeSeconds(Duration patience) {
        return patience.getNano() == 0 ? patience : Duration.ofSeconds(patience.getSeconds() + 1);
    }

    private static Answer once(
            HttpClient client, HttpRequest request, AtomicBoolean answered, long end, CallLimits limits)
            throws IOException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(request, info -> {
            answered.set(true);
            return new LimitedBody(limits.maxAnswer());
        });
        limits.cancellation().onCancel(() -> call.cancel(true));
        try {
            HttpResponse<byte[]> response = call.get(Math.max(end - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            call.cancel(true);
        }
    }

    private static CallException failed(Place place, IOException failure, boolean answered) {
        URI uri = place.uri();
        return answered
                ? ended(place, true, CallFailures.broken(failure))
                : ended(
                        place,
                        false,
                        CallFailures.text(failure, uri.getHost(), uri.getPort() < 0 ? 443 : uri.getPort()));
    }

    private static CallException late(Place place, boolean answered, boolean announced) {
        String client = answered
                ? " (Client.Timeout or context cancellation while reading body)"
                : " (Client.Timeout exceeded while awaiting headers)";
        return ended(place, answered, "context deadline exceeded" + (announced ? "" : client));
    }

    private static CallException ended(Place place, boolean answered, String why) {
        return CallException.failed(
                answered
                        ? "unexpected error when reading response body. Please retry. Original error: " + why
                        : "Post " + GoText.quote(place.shown()) + ": " + why);
    }

    private Place place(CallTarget target, String query) {
        CallTarget.Service service = target.service();
        if (service == null && target.url().isEmpty()) {
            throw CallException.misconfigured("webhook configuration must have either service or URL");
        }
        String address = target.address();
        String shown = address + query;
        try {
            if (service == null) {
                URI uri = new URI(shown);
                if (uri.getHost() == null) {
                    throw CallException.misconfigured("Unparsable URL: " + target.url());
                }
                return new Place(shown, uri, bare(uri.getHost()));
            }
            ServiceResolver.Address to = services.resolve(service.namespace(), service.name(), service.port());
            String host = to.host().indexOf(':') >= 0 ? "[" + to.host() + "]" : to.host();
            String path = address.substring(address.indexOf('/', "https://".length()));
            return new Place(shown, new URI("https://" + host + ":" + to.port() + path + query), service.serverName());
        } catch (URISyntaxException e) {
            throw CallException.misconfigured("Unparsable URL: " + e.getMessage());
        } catch (IOException e) {
            throw CallException.failed("Post " + GoText.quote(shown) + ": " + e.getMessage());
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private HttpClient client(Key key) {
        synchronized (clients) {
            HttpClient known = clients.get(key);
            if (known == null) {
                known = open(key);
                clients.put(key, known);
                if (clients.size() > CLIENTS) {
                    clients.remove(clients.keySet().iterator().next());
                }
            }
            return known;
        }
    }

    private HttpClient open(Key key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {BundleTrust.of(key.caBundle(), key.serverName())}, null);
            SSLParameters parameters = context.getDefaultSSLParameters();
            if (!key.serverName().matches("[0-9.]+|.*:.*")) { // an address is no server name
                parameters.setServerNames(List.of(new SNIHostName(key.serverName())));
            }
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .sslContext(context)
                    .sslParameters(parameters)
                    .executor(executor)
                    .build();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw CallException.misconfigured("unable to load root certificates: " + e.getMessage());
        }
    }
}
