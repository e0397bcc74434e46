// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.server.ApiServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The door with the real server behind it. */
@Timeout(60)
class ApiServerOverHttpTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static String configMap(String name, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"k\":\"" + value + "\"}}";
    }

    private static HttpResponse<String> post(HttpClient client, HttpServer server, String body) throws Exception {
        return client.send(
                Clients.to(server, MAPS)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aWatchSeesWhatIsWritten(HttpClient.Version version) throws Exception {
        try (ApiServer behind = ApiServer.forTests();
                HttpServer server = HttpServer.builder(behind)
                        .tls(SelfSigned.ofThisJvm().tls())
                        .start()) {
            HttpClient client = Clients.of(version, SelfSigned.ofThisJvm().admin());
            var events = client.send(
                    Clients.to(server, MAPS + "?watch=true&resourceVersion=0").build(), BodyHandlers.ofInputStream());
            assertThat(events.statusCode()).isEqualTo(200);

            assertThat(post(client, server, configMap("a", "v")).statusCode()).isEqualTo(201);

            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).startsWith("{\"type\":\"ADDED\"").contains("\"name\":\"a\"");
            }
        }
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAsKubernetesDoes() throws Exception {
        try (ApiServer behind = ApiServer.forTests();
                HttpServer server = HttpServer.builder(behind).start()) {
            HttpClient client = HttpClient.newHttpClient();
            String name = configMap("b", "");
            int room = 3145728 - name.length();

            HttpResponse<String> answer = post(client, server, configMap("b", "x".repeat(room + 1)));

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body().strip())
                    .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                            + "\"message\":\"Request entity too large: limit is 3145728\","
                            + "\"reason\":\"RequestEntityTooLarge\",\"code\":413}");
            assertThat(post(client, server, configMap("b", "x".repeat(room))).body())
                    .as("a body of just that size is read, though the store takes less")
                    .doesNotContain("limit is");
        }
    }
}
