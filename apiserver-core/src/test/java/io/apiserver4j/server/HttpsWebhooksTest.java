// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.outbound.OutboundSettings;
import io.apiserver4j.outbound.Reviews;
import io.apiserver4j.outbound.ServiceResolver;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks behind HTTPS: well-behaved ones, and those that hang, lie or talk too much. */
class HttpsWebhooksTest {
    private static final String CONFIGURATIONS = "/apis/admissionregistration.k8s.io/v1/";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final CountDownLatch END = new CountDownLatch(1);

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static HookServer hooks;
    private ApiServer server;
    private LocalClient client;

    @BeforeAll
    static void serve() throws IOException, GeneralSecurityException {
        hooks = new HookServer(Duration.ofHours(1), "ip:127.0.0.1", "dns:hook.default.svc");
        hooks.reviews(
                "/adds",
                review ->
                        Reviews.patch(review, ArrayValue.of(json("{'op':'add','path':'/data/added','value':'yes'}"))));
        hooks.reviews("/denies", review -> Reviews.deny(review, 403, "not " + review.at("request", "name")));
        hooks.reviews("/converts", review -> {
            ObjectValue request = review.objectOrEmpty("request");
            String wanted = request.stringOrEmpty("desiredAPIVersion");
            return Reviews.converted(
                    review,
                    request.arrayOrEmpty("objects")
                            .map(one -> ((ObjectValue) one)
                                    .with("apiVersion", wanted)
                                    .with("by", Value.of(wanted))));
        });
        hooks.raw("/garbage", exchange -> HookServer.send(exchange, 200, "application/json", bytes("garbage")));
        hooks.raw(
                "/other",
                exchange -> HookServer.send(
                        exchange, 200, "application/json", bytes("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}")));
        hooks.raw("/nothing", exchange -> HookServer.send(exchange, 200, "application/json", new byte[0]));
        hooks.raw("/fails", exchange -> HookServer.send(exchange, 500, "text/plain", bytes("out of \"luck\"\n")));
        hooks.raw(
                "/status",
                exchange -> HookServer.send(
                        exchange,
                        503,
                        "application/json",
                        bytes(
                                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"told\"}")));
        hooks.raw("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", hooks.url("/adds"));
            HookServer.send(exchange, 307, "text/plain", new byte[0]);
        });
        hooks.raw("/huge", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                exchange.getResponseBody().write(block);
            }
        });
        hooks.raw("/hangs", exchange -> await(END));
        hooks.raw("/drips", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(END);
        });
        hooks.raw("/seen", exchange -> {
            SEEN.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent"));
            HookServer.send(exchange, 404, "text/plain", new byte[0]);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void end() {
        END.countDown();
        hooks.close();
    }

    @BeforeEach
    void start() {
        start(OutboundSettings.STANDARD);
    }

    private void start(OutboundSettings outbound) {
        server = ApiServer.builder().outbound(outbound).build();
        client = new LocalClient(server::handle, "test");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void configure(String kind, String clientConfig) {
        configure(kind, clientConfig, 20);
    }

    private void configure(String kind, String clientConfig, int seconds) {
        LocalClient.Answer answer = client.create(
                CONFIGURATIONS + kind + "webhookconfigurations",
                json("{'metadata':{'name':'a'},'webhooks':[{'name':'a.example.com','clientConfig':{" + clientConfig
                        + "},'sideEffects':'None','admissionReviewVersions':['v1'],'timeoutSeconds':" + seconds + ","
                        + "'rules':[{'operations':['*'],'apiGroups':[''],'apiVersions':['v1'],"
                        + "'resources':['configmaps']}]}]}"));
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
    }

    private static String at(String path) {
        return "'url':'" + hooks.url(path) + "','caBundle':'" + hooks.caBundle() + "'";
    }

    private LocalClient.Answer create(String name) {
        return client.create(MAPS, json("{'metadata':{'name':'" + name + "'},'data':{'k':'v'}}"));
    }

    @Test
    void changeAndRefuse() {
        configure("mutating", at("/adds"));
        assertThat(create("m").body().at("data", "added")).isEqualTo(Value.of("yes"));
        int connections = hooks.connections();
        for (int i = 0; i < 5; i++) {
            create("m" + i);
        }
        assertThat(hooks.connections()).as("connections are kept").isEqualTo(connections);
        configure("validating", at("/denies"));
        assertThat(create("n").body())
                .isEqualTo(json("{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Failure','message':"
                        + "'admission webhook \\\"a.example.com\\\" denied the request: not \\\"n\\\"','code':403}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /garbage | couldn't get version/kind; json parse error: invalid character 'g' looking for beginning of value
            /other   | no kind "Pod" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"
            /nothing | 0-length response with status code: 200 and content type: application/json
            /fails   | an error on the server ("out of \\"luck\\"") has prevented the request from succeeding
            /status  | told
            /moved   | the server responded with the status code 307 but did not return more information
            /absent  | the server could not find the requested resource
            /huge    | unexpected error when reading response body. Please retry. Original error: response body larger than 16777216 bytes
            /hangs   | Post "URL/hangs?timeout=1s": context deadline exceeded
            /drips   | unexpected error when reading response body. Please retry. Original error: context deadline exceeded
            """)
    void whatGoesWrong(String path, String why) {
        configure("validating", at(path), path.equals("/hangs") || path.equals("/drips") ? 1 : 20);
        assertThat(create("m").message())
                .isEqualTo("Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: "
                        + why.replace("URL", hooks.url("")));
    }

    @Test
    void whatIsSent() {
        configure("validating", at("/seen//x/"));
        assertThat(create("m").message()).endsWith("the server could not find the requested resource");
        assertThat(SEEN).containsExactly("POST /seen/x?timeout=20s application/json kube-apiserver-admission");
    }

    @Test
    void othersAreNotTrusted() throws IOException, GeneralSecurityException {
        String post = "Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: Post"
                + " \"%s\": tls: failed to verify certificate: x509: ";
        try (HookServer other = new HookServer(Duration.ofHours(1), "ip:127.0.0.1");
                HookServer misnamed = new HookServer(Duration.ofHours(1), "dns:a.example.com", "dns:b.example.com");
                HookServer old = new HookServer(Duration.ofMinutes(-1), "ip:127.0.0.1")) {
            record Case(HookServer at, String caBundle, String why) {}
            for (Case one : List.of(
                    new Case(other, hooks.caBundle(), "certificate signed by unknown authority"),
                    new Case(other, "", "certificate signed by unknown authority"),
                    new Case(
                            misnamed,
                            misnamed.caBundle(),
                            "cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs"),
                    new Case(old, old.caBundle(), "certificate has expired or is not yet valid: current time "))) {
                configure("validating", "'url':'" + one.at.url("/x") + "','caBundle':'" + one.caBundle + "'");
                assertThat(create("m").message())
                        .startsWith(String.format(post, one.at.url("/x?timeout=20s")) + one.why);
                client.delete(CONFIGURATIONS + "validatingwebhookconfigurations/a", null);
            }
        }
    }

    @Test
    void services() {
        String service = "'service':{'namespace':'default','name':'hook','path':'/adds'%s},'caBundle':'"
                + hooks.caBundle() + "'";
        String post = "Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: Post"
                + " \"https://hook.default.svc:443/adds?timeout=20s\": ";
        configure("mutating", String.format(service, ""));
        assertThat(create("m").message()).isEqualTo(post + "service \"hook\" not found");
        client.create(
                "/api/v1/namespaces/default/services",
                json("{'metadata':{'name':'hook'},'spec':{'ports':[{'port':80}]}}"));
        assertThat(create("m").message()).isEqualTo(post + "no service port 443 found for service \"hook\"");
        server.close();
        ServiceResolver elsewhere = (namespace, name, port) -> new ServiceResolver.Address("127.0.0.1", hooks.port());
        start(OutboundSettings.STANDARD.withServices(elsewhere));
        configure("mutating", String.format(service, ",'port':8443"));
        assertThat(create("m").body().at("data", "added"))
                .as("the certificate is asked for the service's name")
                .isEqualTo(Value.of("yes"));
        client.delete(CONFIGURATIONS + "mutatingwebhookconfigurations/a", null);
        configure("mutating", String.format(service.replace("'hook'", "'hoax'"), ""));
        assertThat(create("n").message())
                .endsWith("x509: certificate is valid for hook.default.svc, not hoax.default.svc");
    }

    @Test
    void conversions() {
        client.create(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                json("{'metadata':{'name':'links.example.com'},'spec':{'group':'example.com','scope':'Namespaced',"
                        + "'names':{'plural':'links','kind':'Link'},'conversion':{'strategy':'Webhook','webhook':"
                        + "{'conversionReviewVersions':['v1'],'clientConfig':{" + at("/converts") + "}}},"
                        + "'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':"
                        + "{'type':'object','x-kubernetes-preserve-unknown-fields':true}}},"
                        + "{'name':'v2','served':true,'storage':false,'schema':{'openAPIV3Schema':"
                        + "{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}"));
        String links = "/apis/example.com/v1/namespaces/default/links";
        await(() -> client.get(links) != null);
        LocalClient.Answer made =
                client.create(links, json("{'apiVersion':'example.com/v1','kind':'Link','metadata':{'name':'a'}}"));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(client.send("GET", links.replace("v1", "v2") + "/a", null, "application/json")
                        .body()
                        .get("by"))
                .isEqualTo(Value.of("example.com/v2"));
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 4000 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
