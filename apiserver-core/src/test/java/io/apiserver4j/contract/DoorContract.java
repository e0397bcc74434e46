// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.server.ApiServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same exchanges by every way into a server: within the process, or by a transport. What goes in is not changed on the
 * way, and what comes out neither.
 */
@Timeout(60)
public abstract class DoorContract {
    protected static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private @Nullable ApiServer server;

    /** An answer as the client sees it; {@code headers} have lower-case names. */
    public record Answer(int code, Map<String, List<String>> headers, byte[] bytes) {
        /** The body as text. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The first value of a header, or the empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    /** A watch that is open. */
    public interface OpenWatch extends AutoCloseable {
        /** The next line; waits for it. Null where the watch has ended. */
        @Nullable
        String next() throws Exception;

        @Override
        void close();
    }

    /** Opens a way into a server; called before each test. */
    protected abstract void open(ApiServer door) throws Exception;

    /** Closes it. */
    protected abstract void close() throws Exception;

    /** Sends a request and reads the whole answer. */
    protected abstract Answer send(String method, String target, Map<String, String> headers, byte[] body)
            throws Exception;

    /** Begins a watch; returns when its answer has begun. */
    protected abstract OpenWatch watch(String target) throws Exception;

    @BeforeEach
    void start() throws Exception {
        ApiServer made = ApiServer.builder().build();
        server = made;
        open(made);
    }

    @AfterEach
    void stop() throws Exception {
        close();
        Objects.requireNonNull(server).close();
    }

    private Answer send(String method, String target, String body) throws Exception {
        return send(method, target, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer get(String target, String accept) throws Exception {
        return send("GET", target, accept.isEmpty() ? Map.of() : Map.of("Accept", accept), new byte[0]);
    }

    private static String configMap(String name, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"k\":\"" + value + "\"}}";
    }

    private static String revision(String text) {
        int at = text.indexOf("\"resourceVersion\":\"") + 19;
        return text.substring(at, text.indexOf('"', at));
    }

    @Test
    void anObjectFromItsCreationToItsEnd() throws Exception {
        Answer made = send("POST", MAPS, configMap("a", "1"));
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.header("content-type")).isEqualTo("application/json");
        assertThat(made.header("audit-id")).isNotEmpty();
        assertThat(made.header("cache-control")).isEqualTo("no-cache, private");
        assertThat(made.text()).endsWith("}\n").contains("\"data\":{\"k\":\"1\"}");
        assertThat(get(MAPS + "/a", "").text()).isEqualTo(made.text());

        Answer changed = send("PUT", MAPS + "/a", configMap("a", "2"));
        assertThat(changed.code()).isEqualTo(200);
        assertThat(Long.parseLong(revision(changed.text()))).isGreaterThan(Long.parseLong(revision(made.text())));

        Answer patched = send(
                "PATCH",
                MAPS + "/a",
                Map.of("Content-Type", "application/merge-patch+json"),
                "{\"data\":{\"l\":\"ä€😀\"}}".getBytes(StandardCharsets.UTF_8));
        assertThat(patched.code()).isEqualTo(200);
        assertThat(patched.text()).contains("\"data\":{\"k\":\"2\",\"l\":\"ä€😀\"}");
        assertThat(get(MAPS, "").text())
                .startsWith("{\"kind\":\"ConfigMapList\"")
                .contains("ä€😀");

        Answer gone = send("DELETE", MAPS + "/a", "");
        assertThat(gone.code()).isEqualTo(200);
        assertThat(gone.text()).contains("\"status\":\"Success\"");
        assertThat(get(MAPS + "/a", "").code()).isEqualTo(404);
    }

    @Test
    void refusals() throws Exception {
        send("POST", MAPS, configMap("a", "1"));
        assertThat(send("POST", MAPS, configMap("a", "1")).text())
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"configmaps \\\"a\\\" already exists\",\"reason\":\"AlreadyExists\","
                        + "\"details\":{\"name\":\"a\",\"kind\":\"configmaps\"},\"code\":409}\n");
        assertThat(send("POST", MAPS, configMap("A", "1")).code()).isEqualTo(422);
        assertThat(send("POST", MAPS, "{").code()).isEqualTo(400);
        assertThat(send("POST", MAPS + "/a", configMap("a", "1")).code()).isEqualTo(405);
        assertThat(send("GET", "/api/v1/nothing", "").code()).isEqualTo(404);
        assertThat(send("GET", "/nothing", "").text()).isEqualTo("404 page not found\n");
        assertThat(send("POST", MAPS, Map.of("Content-Type", "text/plain"), new byte[] {'x'})
                        .code())
                .isEqualTo(415);
        assertThat(get(MAPS, "image/png").code()).isEqualTo(406);
        assertThat(get(MAPS + "?limit=x", "").code()).isEqualTo(400);
    }

    @Test
    void formsAndMediaTypes() throws Exception {
        send("POST", MAPS, configMap("a", "1"));
        Answer table = get(MAPS, "application/json;as=Table;v=v1;g=meta.k8s.io");
        assertThat(table.text()).startsWith("{\"kind\":\"Table\"");
        Answer proto = get(MAPS + "/a", "application/vnd.kubernetes.protobuf");
        assertThat(proto.header("content-type")).isEqualTo("application/vnd.kubernetes.protobuf");
        assertThat(proto.bytes()).startsWith('k', '8', 's', 0);
        assertThat(get(MAPS + "/a", "application/yaml").text()).startsWith("apiVersion: v1\n");
        assertThat(get(MAPS + "/a?pretty=true", "").text()).startsWith("{\n  \"kind\": \"ConfigMap\",");
    }

    @Test
    void warningsTravelAsHeaders() throws Exception {
        Answer made = send(
                "POST",
                MAPS + "?fieldValidation=Warn",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"w\"},\"odd\":1,"
                        + "\"data\":{\"k\":\"1\",\"k\":\"2\"}}");
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.headers().get("warning"))
                .containsExactlyInAnyOrder(
                        "299 - \"duplicate field \\\"data.k\\\"\"", "299 - \"unknown field \\\"odd\\\"\"");
    }

    @Test
    void aLongListArrivesWhole() throws Exception {
        for (int i = 0; i < 60; i++) {
            send("POST", MAPS, configMap("m%03d".formatted(i), "x".repeat(10_000)));
        }
        String whole = get(MAPS, "").text();
        assertThat(whole.length()).isGreaterThan(600_000);
        assertThat(whole).endsWith("}]}\n");
        assertThat(whole.split("\"uid\":", -1)).hasSize(61);

        int seen = 0;
        String next = "";
        do {
            String page = get(MAPS + "?limit=25&continue=" + next, "").text();
            seen += page.split("\"uid\":", -1).length - 1;
            int at = page.indexOf("\"continue\":\"");
            next = at < 0 ? "" : page.substring(at + 12, page.indexOf('"', at + 12));
        } while (!next.isEmpty());
        assertThat(seen).isEqualTo(60);
    }

    @Test
    void aWatchTellsWhatHappens() throws Exception {
        send("POST", MAPS, configMap("early", "1"));
        try (OpenWatch watch = watch(MAPS + "?watch=true")) {
            assertThat(watch.next()).startsWith("{\"type\":\"ADDED\"").contains("\"name\":\"early\"");
            String made = send("POST", MAPS, configMap("a", "1")).text();
            send("PUT", MAPS + "/a", configMap("a", "2"));
            send("DELETE", MAPS + "/a", "");
            assertThat(watch.next()).isEqualTo("{\"type\":\"ADDED\",\"object\":" + made.strip() + "}");
            assertThat(watch.next()).startsWith("{\"type\":\"MODIFIED\"").contains("\"k\":\"2\"");
            assertThat(watch.next()).startsWith("{\"type\":\"DELETED\"").contains("\"k\":\"2\"");
        }
    }

    @Test
    void aWatchEndsWhenItsTimeIsUp() throws Exception {
        String list = get(MAPS, "").text();
        try (OpenWatch watch = watch(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=" + revision(list))) {
            assertThat(watch.next()).isNull();
        }
    }
}
