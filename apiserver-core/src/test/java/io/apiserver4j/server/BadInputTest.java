// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.DoorContract.Answer;
import io.apiserver4j.contract.InProcessDoor;
import io.apiserver4j.request.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, a Status goes out, nothing of the inside is shown, nothing is kept, and the server goes on. */
@Timeout(60)
class BadInputTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private static ApiServer server;
    private static InProcessDoor door;
    private static String before;

    @BeforeAll
    static void start() {
        server = ApiServer.builder().build();
        door = new InProcessDoor(server);
        send("POST", MAPS, JSON, bytes("{\"metadata\":{\"name\":\"kept\"},\"data\":{\"k\":\"v\"}}"));
        before = send("GET", MAPS + "/kept", "", new byte[0]).text();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Answer send(String method, String target, String type, byte[] body) {
        return door.send(method, target, type.isEmpty() ? Map.of() : Map.of("Content-Type", type), body);
    }

    /** The answer is a failure of the client's, in words, and nothing has changed. */
    private static void refused(Answer answer, int... codes) {
        assertThat(Arrays.stream(codes).boxed()).as(answer.text()).contains(answer.code());
        assertThat(answer.text())
                .contains("\"kind\":\"Status\"", "\"status\":\"Failure\"", "\"code\":" + answer.code())
                .doesNotContain("Exception", "io.apiserver4j", "java.", ".java", "\tat ");
        assertThat(send("GET", MAPS + "/kept", "", new byte[0]).text()).isEqualTo(before);
        assertThat(send("GET", MAPS, "", new byte[0]).text().split("\"uid\"", -1))
                .hasSize(2);
    }

    @Test
    void everyTruncationOfABody() {
        String whole =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"cut\",\"labels\":{\"a\":\"b\"}},"
                        + "\"data\":{\"k\":\"\\u00e4\\n\"},\"immutable\":true}";
        for (int length = 0; length < whole.length(); length++) {
            byte[] cut = bytes(whole.substring(0, length));
            refused(send("POST", MAPS, JSON, cut), 400, 422);
            refused(send("PUT", MAPS + "/kept", JSON, cut), 400, 409, 422);
        }
    }

    @Test
    void randomBytes() {
        long seed = Long.getLong("input.seed", System.nanoTime());
        System.out.println("input.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            byte[] proto = noise.clone();
            if (proto.length > 4) {
                System.arraycopy(new byte[] {'k', '8', 's', 0}, 0, proto, 0, 4);
            }
            refused(send("POST", MAPS, JSON, noise), 400, 422);
            refused(send("POST", MAPS, YAML, noise), 400, 422);
            refused(send("POST", MAPS, PROTOBUF, proto), 400, 422);
            refused(send("PATCH", MAPS + "/kept", "application/merge-patch+json", noise), 400, 422);
            refused(send("PATCH", MAPS + "/kept", "application/json-patch+json", noise), 400, 422);
            refused(send("PATCH", MAPS + "/kept", "application/strategic-merge-patch+json", noise), 400, 422);
            refused(send("PATCH", MAPS + "/kept?fieldManager=x", "application/apply-patch+yaml", noise), 400, 422);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[", "{\"metadata\":{\"labels\":", "{\"data\":["})
    void deepNesting(String opening) {
        byte[] deep = bytes(opening.repeat(10_000) + "1");
        refused(send("POST", MAPS, JSON, deep), 400, 422);
        refused(send("PATCH", MAPS + "/kept", "application/merge-patch+json", deep), 400, 422);
        refused(send("PATCH", MAPS + "/kept", "application/json-patch+json", deep), 400, 422);
        refused(send("PATCH", MAPS + "/kept", "application/strategic-merge-patch+json", deep), 400, 422);
        refused(send("PATCH", MAPS + "/kept?fieldManager=x", "application/apply-patch+yaml", deep), 400, 422);
        refused(send("POST", MAPS, YAML, deep), 400, 422);
        refused(send("POST", MAPS, YAML, bytes("- ".repeat(10_000))), 400, 422);
    }

    /** Whole documents that go deeper than anybody may. */
    @Test
    void deepWholeDocuments() {
        for (int depth : new int[] {9_000, 10_000, 10_001, 20_000, 100_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            Answer answer = send("POST", MAPS, JSON, bytes("{\"metadata\":{\"name\":\"deep\"},\"odd\":" + deep + "}"));
            if (answer.code() == 201) { // an unknown field is left out, however deep
                send("DELETE", MAPS + "/deep", "", new byte[0]);
            } else {
                refused(answer, 400);
            }
            refused(
                    send("PATCH", MAPS + "/kept", "application/merge-patch+json", bytes("{\"data\":" + deep + "}")),
                    400,
                    422);
        }
    }

    @Test
    void aliasesOfYamlDoNotMultiply() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String one = "*a" + (i - 1);
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", java.util.Collections.nCopies(9, one))));
        }
        refused(send("POST", MAPS, YAML, bytes(laughs.toString())), 400, 413, 422);
        refused(
                send("PATCH", MAPS + "/kept?fieldManager=x", "application/apply-patch+yaml", bytes(laughs.toString())),
                400,
                413,
                422);
    }

    @Test
    void duplicateKeysAndBadText() {
        byte[] twice = bytes("{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"1\",\"k\":\"2\"}}");
        refused(send("POST", MAPS + "?fieldValidation=Strict", JSON, twice), 400);
        byte[] bad = bytes("{\"metadata\":{\"name\":\"aX\"}}");
        bad[22] = (byte) 0xff;
        refused(send("POST", MAPS, JSON, bad), 400, 422);
        refused(send("POST", MAPS, JSON, bytes("{\"metadata\":{\"name\":\"\\ud800\"}}")), 400, 422);
        refused(send("POST", MAPS, JSON, bytes("\ufeff{\"metadata\":{\"name\":\"a\"}}")), 400, 422);
        refused(send("POST", MAPS, JSON, bytes("{\"metadata\":{\"name\":\"a\"}} x")), 400);
        refused(send("POST", MAPS, JSON, bytes("{\"metadata\":{\"name\":\"a\",\"generation\":1e99999}}")), 400, 422);
        refused(
                send(
                        "POST",
                        MAPS,
                        JSON,
                        bytes("{\"metadata\":{\"name\":\"a\",\"generation\":" + "9".repeat(5000) + "}}")),
                400,
                422);
    }

    @Test
    void sizes() {
        byte[] tooMuch = new byte[ApiRequest.BODY_LIMIT + 1];
        Arrays.fill(tooMuch, (byte) ' ');
        refused(send("POST", MAPS, JSON, tooMuch), 413);
        refused(send("PATCH", MAPS + "/kept", "application/merge-patch+json", tooMuch), 413);
        refused(send("DELETE", MAPS + "/kept", JSON, tooMuch), 413);
        byte[] blank = Arrays.copyOf(tooMuch, ApiRequest.BODY_LIMIT);
        refused(send("POST", MAPS, JSON, blank), 400, 422);
        String large = "x".repeat(1_100_000);
        refused(
                send("POST", MAPS, JSON, bytes("{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"" + large + "\"}}")),
                413,
                422);
        refused(send("POST", MAPS, JSON, bytes("{\"metadata\":{\"name\":\"" + "n".repeat(100_000) + "\"}}")), 422);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, text/plain, 415",
        "POST, application/cbor, 415",
        "POST, a/b/c, 415",
        "PUT, image/png, 415",
        "PATCH, application/json, 415",
        "PATCH, application/patch, 415",
        "PATCH, '', 415",
    })
    void unknownMediaTypes(String method, String type, int code) {
        String target = method.equals("POST") ? MAPS : MAPS + "/kept";
        refused(send(method, target, type, bytes("{\"metadata\":{\"name\":\"a\"}}")), code);
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=x, 400",
        "?limit=99999999999999999999, 400",
        "?resourceVersion=-1, 500",
        "?resourceVersion=abc, 500",
        "?labelSelector=a%3D%3D%3Db, 400",
        "?labelSelector=a%20in%20(, 400",
        "?fieldSelector=nope%3D1, 400",
        "?continue=%25%25, 400",
        "?continue=e30, 400",
        "?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiIuLi94In0, 400",
        "?watch=true&resourceVersion=x, 500",
        "?resourceVersionMatch=Exact, 422",
        "?timeout=soon, 400",
    })
    void badParameters(String query, int code) {
        refused(send("GET", MAPS + query, "", new byte[0]), code);
    }

    @Test
    void pathsThatLeadNowhere() {
        for (String path : List.of(
                "//",
                "/api/v1/namespaces/%2e%2e/configmaps/x",
                MAPS + "/..",
                MAPS + "/%00",
                MAPS + "/" + "n".repeat(70_000),
                "/apis/" + "g/".repeat(5000),
                "/%zz",
                "/api/v1/watch",
                "")) {
            Answer answer = send("GET", path, "", new byte[0]);
            assertThat(answer.code()).as(path).isBetween(400, 499);
            assertThat(answer.text()).as(path).doesNotContain("Exception", "java.", "\tat ");
        }
        for (String method : List.of("BREW", "TRACE", "CONNECT", "get", "")) {
            Answer answer = send(method, MAPS, "", new byte[0]);
            assertThat(answer.code()).as(method).isEqualTo(405);
        }
    }
}
