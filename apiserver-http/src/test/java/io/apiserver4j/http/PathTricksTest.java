// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.server.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that are meant to confuse, answered as the real server answers them. */
@Timeout(60)
class PathTricksTest {
    private static ApiServer behind;
    private static HttpServer server;

    /** A row of path-tricks.txt. */
    record Trick(String method, String target, String code, String type, String text) {}

    @BeforeAll
    static void start() throws IOException {
        behind = ApiServer.forTests();
        server = HttpServer.builder(behind).start();
    }

    @AfterAll
    static void stop() {
        server.close();
        behind.close();
    }

    static Stream<Trick> tricks() throws IOException {
        try (InputStream in = PathTricksTest.class.getResourceAsStream("path-tricks.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream().filter(line -> !line.startsWith("#")).map(line -> {
                String[] columns = line.split("\t", -1);
                return new Trick(columns[0], columns[1], columns[2], columns[3], columns[4].replace("\\n", "\n"));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void eachIsAnsweredAsByTheRealServer(Trick trick) throws IOException {
        String answer = ask(trick.method + " " + trick.target);
        String head = answer.substring(0, answer.indexOf("\r\n\r\n") + 2);
        String body = answer.substring(head.length() + 2);
        assertThat(head).startsWith("HTTP/1.1 " + trick.code + " ");
        if (trick.type.equals("-")) {
            assertThat(head).doesNotContain("Content-Type");
        } else {
            assertThat(head).containsPattern("\r\nContent-Type: " + trick.type.replace("+", "\\+") + "[;\r]");
        }
        if (trick.text.startsWith("{kind ")) {
            assertThat(body).contains("\"kind\":\"" + trick.text.substring(6, trick.text.length() - 1) + "\"");
        } else if (trick.type.equals("application/json") && !trick.text.equals("*")) {
            assertThat(body)
                    .contains(
                            "\"message\":\"" + trick.text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        } else if (!trick.text.equals("*")) {
            assertThat(body).isEqualTo(trick.text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5_000, 100_000, 900_000})
    void longPathsAreOnlyUnknown(int length) throws IOException {
        assertThat(ask("GET /" + "a".repeat(length))).startsWith("HTTP/1.1 404 Not Found\r\n");
        assertThat(ask("GET /api/v1" + "/a".repeat(length / 2))).startsWith("HTTP/1.1 404 Not Found\r\n");
        assertThat(ask("GET /version?" + "a".repeat(length))).startsWith("HTTP/1.1 200 OK\r\n");
    }

    private static String ask(String line) throws IOException {
        try (RawSocket client = new RawSocket(server)) {
            return client.send(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .all();
        }
    }
}
