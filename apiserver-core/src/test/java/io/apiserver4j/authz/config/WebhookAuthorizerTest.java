// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.HttpServer;
import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.authz.Selection;
import io.apiserver4j.outbound.RemoteSettings;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookAuthorizerTest {
    private static final Identity JANE =
            new Identity("jane", "u1", List.of("dev"), Map.of("example.org/team", List.of("a")));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong time = new AtomicLong();
    private volatile String status = "{\"allowed\":true}";
    private volatile int code = 200;
    private HttpServer webhook;

    @BeforeEach
    void start() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/authorize", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body);
            String version = body.contains("/v1beta1\"") ? "v1beta1" : "v1";
            byte[] answer = ("{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/" + version
                            + "\",\"status\":" + status + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        webhook.start();
    }

    @AfterEach
    void stop() {
        webhook.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + webhook.getAddress().getPort() + "/authorize";
    }

    private WebhookAuthorizer authorizer(String version, boolean denies, String... conditions) {
        WebhookSettings settings = new WebhookSettings(
                "mine",
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                version,
                denies,
                List.of(conditions));
        RemoteSettings where = RemoteSettings.of(url()).within(Duration.ofSeconds(5), Duration.ofMillis(1));
        return new WebhookAuthorizer(settings, where, new Ticker() {
            @Override
            public long read() {
                return time.get();
            }
        });
    }

    private static AccessAttributes list(String namespace) {
        Selection selection = new Selection(
                List.of(new Selection.Requirement("spec.nodeName", "In", List.of("n1"))),
                List.of(new Selection.Requirement("a", "Exists", List.of())));
        return new AccessAttributes(JANE, "list", true, "", "v1", "pods", "", namespace, "", "/api/v1/pods")
                .with(selection);
    }

    private static AccessAttributes path() {
        return new AccessAttributes(JANE, "get", false, "", "", "", "", "", "", "/metrics");
    }

    @Test
    void asksInBothVersions() {
        authorizer("v1", false).authorize(list("shop"));
        authorizer("v1beta1", false).authorize(path());

        ObjectValue first = JsonReader.readObject(asked.get(0).getBytes(StandardCharsets.UTF_8));
        assertThat(first.objectOrEmpty("spec"))
                .hasToString("{\"resourceAttributes\":{\"namespace\":\"shop\",\"verb\":\"list\",\"version\":\"v1\","
                        + "\"resource\":\"pods\",\"fieldSelector\":{\"requirements\":[{\"key\":\"spec.nodeName\","
                        + "\"operator\":\"In\",\"values\":[\"n1\"]}]},\"labelSelector\":{\"requirements\":"
                        + "[{\"key\":\"a\",\"operator\":\"Exists\"}]}},\"user\":\"jane\",\"groups\":[\"dev\"],"
                        + "\"extra\":{\"example.org/team\":[\"a\"]},\"uid\":\"u1\"}");
        ObjectValue second = JsonReader.readObject(asked.get(1).getBytes(StandardCharsets.UTF_8));
        assertThat(second.stringOrEmpty("apiVersion")).isEqualTo("authorization.k8s.io/v1beta1");
        assertThat(second.objectOrEmpty("spec"))
                .hasToString("{\"nonResourceAttributes\":{\"path\":\"/metrics\",\"verb\":\"get\"},\"user\":\"jane\","
                        + "\"group\":[\"dev\"],\"extra\":{\"example.org/team\":[\"a\"]},\"uid\":\"u1\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"allowed":true,"reason":"r"}                | ALLOW      | r | ''
                    {"allowed":false,"reason":"not yours"}       | NO_OPINION | not yours | ''
                    {"allowed":false,"denied":true,"reason":"d"} | DENY       | d | ''
                    {"allowed":true,"denied":true}               | DENY       | '' | webhook subject access review returned both allow and deny response
                    """)
    void takesItsAnswer(String answer, Decision.Outcome outcome, String reason, String error) {
        status = answer;

        assertThat(authorizer("v1", false).authorize(path())).isEqualTo(new Decision(outcome, reason, error));
    }

    @Test
    void remembersPermissionsAndRefusalsForTheirTimes() {
        WebhookAuthorizer authorizer = authorizer("v1", false);
        authorizer.authorize(path());
        time.set(Duration.ofSeconds(59).toNanos());
        authorizer.authorize(path());
        assertThat(asked).hasSize(1);
        time.set(Duration.ofSeconds(61).toNanos());
        status = "{\"allowed\":false}";
        assertThat(authorizer.authorize(path()).isAllowed()).isFalse();
        time.set(Duration.ofSeconds(90).toNanos());
        authorizer.authorize(path());
        assertThat(asked).hasSize(2);
        time.set(Duration.ofSeconds(92).toNanos());
        authorizer.authorize(path());
        assertThat(asked).hasSize(3);
    }

    @Test
    void failsAsItsPolicySaysAfterFiveTries() {
        code = 500;

        Decision open = authorizer("v1", false).authorize(path());
        assertThat(open.outcome()).isEqualTo(Decision.Outcome.NO_OPINION);
        assertThat(open.error()).contains("has prevented the request from succeeding");
        assertThat(asked).hasSize(5);
        assertThat(authorizer("v1", true).authorize(path()).outcome()).isEqualTo(Decision.Outcome.DENY);

        code = 404;
        asked.clear();
        assertThat(authorizer("v1", false).authorize(path()).error())
                .isEqualTo("the server could not find the requested resource");
        assertThat(asked).hasSize(1);

        webhook.stop(0);
        assertThat(authorizer("v1", false).authorize(path()).error())
                .isEqualTo("Post \"" + url() + "?timeout=5s\": dial tcp 127.0.0.1:"
                        + url().replaceAll(".*:(\\d+)/.*", "$1") + ": connect: connection refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    request.resourceAttributes.namespace == 'shop'                          | true  | ''
                    request.resourceAttributes.namespace == 'other'                         | false | ''
                    has(request.nonResourceAttributes)                                      | false | ''
                    'dev' in request.groups && request.user == 'jane' && request.uid == 'u1' | true | ''
                    request.extra['example.org/team'] == ['a']                              | true  | ''
                    request.resourceAttributes.fieldSelector.requirements[0].values[0] == 'n1' | true | ''
                    request.extra['x'] == ['a']  | false | cel evaluation error: expression 'request.extra['x'] == ['a']' resulted in error: no such key: x
                    """)
    void asksWhereConditionsHold(String condition, boolean matches, String error) {
        Decision decision = authorizer("v1", false, condition).authorize(list("shop"));

        assertThat(asked).hasSize(matches ? 1 : 0);
        assertThat(decision.error()).isEqualTo(error);
        assertThat(decision.isAllowed()).isEqualTo(matches);
    }

    @Test
    void oneFalseConditionDecidesWhateverErrorsOthersHave() {
        Decision decision = authorizer("v1", true, "request.extra['x'] == ['a']", "request.user == 'joe'")
                .authorize(list("shop"));

        assertThat(decision).isEqualTo(Decision.noOpinion(""));
    }

    @Test
    void conditionsThatDoNotCompileAreRefused() {
        assertThatThrownBy(() -> authorizer("v1", false, "request.nothing == 'a'"))
                .hasMessageContaining("compilation failed: ERROR: <input>:1:8: undefined field 'nothing'");
        assertThatThrownBy(() -> authorizer("v1", false, "request.user"))
                .hasMessage("must evaluate to bool but got string");
    }

    @Test
    void callsThatNobodyCouldDecideEndWith500AndRefusalsTellItsName() {
        AuthorizerChain chain =
                new AuthorizerChain(List.of(Authorizers.masters(), authorizer("v1", false), Authorizers.alwaysDeny()));
        try (ApiServer server = ApiServer.builder().authorizer(chain).build()) {
            status = "{\"allowed\":false,\"reason\":\"not yours\"}";
            assertThat(get(server, "/api/v1/pods"))
                    .startsWith("403 ")
                    .contains("at the cluster scope: mine: not yours\\nalwaysdeny: Everything is forbidden.");
            code = 404;
            assertThat(get(server, "/api/v1/nodes"))
                    .isEqualTo("500 Internal Server Error: \"/api/v1/nodes\": "
                            + "the server could not find the requested resource\n");
        }
    }

    private static String get(ApiServer server, String path) {
        ApiResponse response = server.handle(ApiRequest.of("GET", path, Headers.NONE, new byte[0]), JANE);
        ApiResponse.Complete complete = (ApiResponse.Complete) response;
        return complete.code() + " " + new String(complete.body(), StandardCharsets.UTF_8);
    }
}
