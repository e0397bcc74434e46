// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.contract.DoorContract;
import io.apiserver4j.server.ApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** The contract of the door, over TLS, in both versions of HTTP. */
class DoorOverHttpTest {
    @Nested
    class Http1 extends OverHttp {
        Http1() {
            super(HttpClient.Version.HTTP_1_1);
        }
    }

    @Nested
    class Http2 extends OverHttp {
        Http2() {
            super(HttpClient.Version.HTTP_2);
        }
    }

    private abstract static class OverHttp extends DoorContract {
        private final HttpClient.Version version;
        private @Nullable HttpServer http;
        private @Nullable HttpClient client;

        OverHttp(HttpClient.Version version) {
            this.version = version;
        }

        @Override
        protected void open(ApiServer door) throws Exception {
            http = HttpServer.serve(door);
            client = Clients.of(version, null);
        }

        @Override
        protected void close() {
            Objects.requireNonNull(http).close();
        }

        @Override
        protected Answer send(String method, String target, Map<String, String> headers, byte[] body) throws Exception {
            HttpRequest.Builder request = Clients.to(Objects.requireNonNull(http), target)
                    .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            HttpResponse<byte[]> answer =
                    Objects.requireNonNull(client).send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        }

        @Override
        protected OpenWatch watch(String target) throws Exception {
            HttpResponse<InputStream> answer = Objects.requireNonNull(client)
                    .send(Clients.to(Objects.requireNonNull(http), target).build(), BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            return new OpenWatch() {
                @Override
                public @Nullable String next() throws IOException {
                    return lines.readLine();
                }

                @Override
                public void close() {
                    try {
                        answer.body().close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }
    }
}
