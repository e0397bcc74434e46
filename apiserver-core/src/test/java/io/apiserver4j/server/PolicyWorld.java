// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server for tests of policies, and what its answers say. */
final class PolicyWorld implements AutoCloseable {
    static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/";
    static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final ApiServer server;
    private final ThreadLocal<CallNotes> notes = new ThreadLocal<>();

    /** An answer with what was noted on its way. */
    record Answer(int code, ObjectValue body, CallNotes notes) {
        String message() {
            return body.stringOrEmpty("message");
        }

        Map<String, String> annotations() {
            return notes.annotations();
        }
    }

    /** A world where everybody may do everything but this. */
    PolicyWorld(Predicate<AccessAttributes> forbidden) {
        server = ApiServer.builder()
                .settings(ApiServerSettings.STANDARD.withControllers(ApiServerSettings.ALL_CONTROLLERS))
                .authorizer(asked -> forbidden.test(asked) ? Decision.noOpinion("not this") : Decision.allow("because"))
                .pipeline(stages -> stages.after("authenticate", "notes", (call, next) -> {
                    notes.set(call.notes());
                    return next.handle(call);
                }))
                .build();
    }

    static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String target, @Nullable String body) {
        return send(method, target, body == null ? null : json(body), "application/json", Identity.of("alice", "devs"));
    }

    Answer send(String method, String target, @Nullable ObjectValue body, String type, Identity identity) {
        byte[] bytes = body == null ? new byte[0] : JsonWriter.toBytes(body);
        Headers headers = body == null ? Headers.NONE : Headers.of("Content-Type", type);
        ApiResponse response = server.handle(ApiRequest.of(method, target, headers, bytes), identity);
        return new Answer(
                response.code(),
                JsonReader.readObject(((ApiResponse.Complete) response).body()),
                Objects.requireNonNull(notes.get()));
    }

    /** Creates something that must be created. */
    Answer create(String collection, String body) {
        Answer answer = send("POST", collection, body);
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        return answer;
    }

    /** A policy of a kind ({@code Validating}, {@code Mutating}) about config maps, and a binding of the same name. */
    void policy(String family, String name, String spec, String binding) {
        String lower = family.toLowerCase(Locale.ROOT) + "admissionpolic";
        String constraints = spec.contains("matchConstraints") ? "" : "'matchConstraints':" + RULES + ",";
        create(POLICIES + lower + "ies", "{'metadata':{'name':'" + name + "'},'spec':{" + constraints + spec + "}}");
        create(
                POLICIES + lower + "ybindings",
                "{'metadata':{'name':'" + name + "-b'},'spec':{'policyName':'" + name + "'" + binding + "}}");
    }

    static final String RULES = rules("'CREATE','UPDATE'", "", "configmaps");

    static String rules(String operations, String group, String resources) {
        return "{'resourceRules':[{'operations':[" + operations + "],'apiGroups':['" + group
                + "'],'apiVersions':['*'],'resources':['" + resources + "']}]}";
    }

    /** Creates a config map with this data, in dry run. */
    Answer tryMap(String data) {
        return send("POST", MAPS + "?dryRun=All", "{'metadata':{'name':'m'},'data':" + data + "}");
    }

    /** Waits until something is served at a path. */
    void awaitServed(String path) {
        for (int i = 0; i < 2000 && server.handle(ApiRequest.get(path)).code() != 200; i++) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Takes away what tests make. */
    void clear() {
        for (String plural : List.of(
                "validatingadmissionpolicybindings",
                "validatingadmissionpolicies",
                "mutatingadmissionpolicybindings",
                "mutatingadmissionpolicies")) {
            assertThat(send("DELETE", POLICIES + plural, (String) null).code()).isEqualTo(200);
        }
        assertThat(send("DELETE", MAPS, (String) null).code()).isEqualTo(200);
    }

    @Override
    public void close() {
        server.close();
    }
}
