// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.audit.AuditEvent;
import io.apiserver4j.audit.AuditLevel;
import io.apiserver4j.audit.AuditPolicy;
import io.apiserver4j.audit.AuditSettings;
import io.apiserver4j.audit.AuditSink;
import io.apiserver4j.audit.AuditStage;
import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ObjectValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Events of calls, as the audit stage makes them. */
class AuditingTest {
    private static final Identity EVE = new Identity("eve", "u1", List.of(Identity.AUTHENTICATED), java.util.Map.of());
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final Headers JSON =
            Headers.of("Content-Type", "application/json", "User-Agent", "test", "Audit-ID", "the-id");

    private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aCreateAtEachLevel() {
        try (ApiServer server = server(AuditPolicy.everything(AuditLevel.REQUEST_RESPONSE))) {
            create(server, "one");
            AuditEvent event = events.get(0);
            assertThat(events).hasSize(1);
            assertThat(event.toObject().toString())
                    .startsWith("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"RequestResponse\","
                            + "\"auditID\":\"the-id\",\"stage\":\"ResponseComplete\","
                            + "\"requestURI\":\"/api/v1/namespaces/default/configmaps?fieldManager=a+b\","
                            + "\"verb\":\"create\",\"user\":{\"username\":\"eve\",\"uid\":\"u1\","
                            + "\"groups\":[\"system:authenticated\"]},\"userAgent\":\"test\","
                            + "\"objectRef\":{\"resource\":\"configmaps\",\"namespace\":\"default\",\"name\":\"one\","
                            + "\"apiVersion\":\"v1\"},\"responseStatus\":{\"metadata\":{},\"code\":201},"
                            + "\"requestObject\":{\"kind\":\"ConfigMap\"");
            ObjectValue answered = event.responseObject();
            assertThat(answered).isNotNull();
            assertThat(answered.objectAt("metadata").stringOrEmpty("uid")).isNotEmpty();
            assertThat(event.annotations())
                    .containsEntry("authorization.k8s.io/decision", "allow")
                    .containsKey("authorization.k8s.io/reason");
        }
        events.clear();
        try (ApiServer server = server(AuditPolicy.everything(AuditLevel.METADATA))) {
            create(server, "two");
            assertThat(events.get(0).requestObject()).isNull();
            assertThat(events.get(0).responseObject()).isNull();
            assertThat(events.get(0).object()).extracting("name").isEqualTo("two");
        }
    }

    @Test
    void failuresTellTheirStatus() {
        try (ApiServer server = server(AuditPolicy.everything(AuditLevel.METADATA))) {
            server.handle(ApiRequest.get(MAPS + "/none"), EVE);
            assertThat(events.get(0).toObject().objectOrEmpty("responseStatus").toString())
                    .isEqualTo(
                            "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"configmaps \\\"none\\\" not found\","
                                    + "\"reason\":\"NotFound\",\"details\":{\"name\":\"none\",\"kind\":\"configmaps\"},"
                                    + "\"code\":404}");
        }
    }

    @Test
    void stagesOfShortAndLongCalls() {
        String text = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata, users: [eve]}]";
        try (ApiServer server = server(AuditPolicy.parse(text.getBytes(StandardCharsets.UTF_8)))) {
            server.handle(ApiRequest.get("/version"), EVE);
            server.handle(ApiRequest.get("/version"), Identity.of("bob"));
            assertThat(stages()).containsExactly(AuditStage.REQUEST_RECEIVED, AuditStage.RESPONSE_COMPLETE);
            events.clear();
            ApiResponse watch = server.handle(ApiRequest.get(MAPS + "?watch=true"), EVE);
            assertThat(stages()).containsExactly(AuditStage.REQUEST_RECEIVED, AuditStage.RESPONSE_STARTED);
            ((ApiResponse.Streaming) watch).chunks().subscribe(new Cancelling());
            assertThat(stages()).endsWith(AuditStage.RESPONSE_COMPLETE).hasSize(3);
        }
    }

    @Test
    void whatNobodyForesawIsAPanic() {
        AuditSettings settings = AuditSettings.of(AuditPolicy.everything(AuditLevel.METADATA), this::keep);
        try (ApiServer server = ApiServer.builder()
                .audit(settings)
                .pipeline(pipeline -> pipeline.after("flow", "bad", (call, next) -> {
                    if (call.request().path().equals("/bad")) {
                        throw new IllegalStateException("bad");
                    }
                    return next.handle(call);
                }))
                .build()) {
            events.clear();
            assertThat(server.handle(ApiRequest.get("/bad"), EVE).code()).isEqualTo(500);
            assertThat(stages()).containsExactly(AuditStage.PANIC);
        }
    }

    @Test
    void aStrictSinkThatLosesEventsRefusesCalls() {
        String text = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata, users: [eve]}]";
        AuditPolicy policy = AuditPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
        try (ApiServer server = ApiServer.builder()
                .audit(AuditSettings.of(policy, lost -> false))
                .build()) {
            assertThat(server.handle(ApiRequest.get("/version"), EVE).code()).isEqualTo(500);
            assertThat(server.handle(ApiRequest.get("/version"), Identity.of("bob"))
                            .code())
                    .isEqualTo(200);
        }
        try (ApiServer server = ApiServer.builder()
                .audit(AuditSettings.of(policy, AuditSink.lenient(lost -> false)))
                .build()) {
            assertThat(server.handle(ApiRequest.get("/version"), EVE).code()).isEqualTo(200);
        }
    }

    @Test
    void unknownCallersAreTold() {
        AuditSettings settings = AuditSettings.of(AuditPolicy.everything(AuditLevel.METADATA), this::keep);
        try (ApiServer server = ApiServer.builder()
                .audit(settings)
                .authenticator(call -> new AuthResult.Refused("no"))
                .build()) {
            events.clear();
            ApiRequest request =
                    ApiRequest.of("GET", "/version", Headers.of("Authorization", "Bearer secret"), new byte[0]);
            assertThat(server.call(request, new Cancellation()).code()).isEqualTo(401);
            assertThat(stages()).containsExactly(AuditStage.RESPONSE_STARTED);
            assertThat(events.get(0).toObject().toString())
                    .contains("Authentication failed, attempted: bearer")
                    .doesNotContain("secret");
        }
    }

    private ApiServer server(AuditPolicy policy) {
        ApiServer server =
                ApiServer.builder().audit(AuditSettings.of(policy, this::keep)).build();
        events.clear();
        return server;
    }

    private boolean keep(List<AuditEvent> happened) {
        happened.stream()
                .filter(event -> !event.user().user().startsWith("system:"))
                .forEach(events::add);
        return true;
    }

    private List<AuditStage> stages() {
        return events.stream().map(AuditEvent::stage).toList();
    }

    private static void create(ApiServer server, String name) {
        byte[] body = ("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        ApiRequest request = ApiRequest.of("POST", MAPS + "?fieldManager=a+b", JSON, body);
        assertThat(server.handle(request, EVE).code()).isEqualTo(201);
    }

    private static final class Cancelling implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
