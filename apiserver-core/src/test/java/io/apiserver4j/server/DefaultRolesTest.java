// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each subject of a default binding may do what kube-apiserver's recorded roles give it, and nothing else: every verb on
 * everything the catalog serves is asked for by access reviews, and reckoned once more from the recorded objects.
 */
class DefaultRolesTest {
    private static final String RECORDED = "/io/apiserver4j/server/recorded-roles.json";
    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "impersonate");
    private static final List<String> PATHS = List.of(
            "/",
            "/api",
            "/apis/apps",
            "/healthz",
            "/livez/ping",
            "/readyz",
            "/metrics",
            "/version",
            "/version/",
            "/openapi/v2",
            "/openapi/v3/api/v1",
            "/openid/v1/jwks",
            "/.well-known/openid-configuration",
            "/logs",
            "/debug/x");

    private static ApiServer server;
    private static ObjectValue recorded;

    @BeforeAll
    static void start() throws IOException {
        server = ApiServer.builder().roles().build();
        try (InputStream in = Objects.requireNonNull(DefaultRolesTest.class.getResourceAsStream(RECORDED))) {
            recorded = JsonReader.readObject(in.readAllBytes());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectValue object(Value value) {
        return Objects.requireNonNull(value.asObject());
    }

    private static List<ObjectValue> objects(ArrayValue array) {
        List<ObjectValue> out = new ArrayList<>();
        array.forEach(one -> out.add(object(one)));
        return out;
    }

    private static final String UNRECORDED = "?";

    /**
     * The rules of each subject ({@code "User x"}, {@code "Group y"}) by namespace; the empty one for everywhere. Only part of
     * the real server's objects is recorded: a subject that has anything by another one is left out.
     */
    private static Map<String, Map<String, List<ObjectValue>>> grants() {
        Map<String, Map<String, List<ObjectValue>>> out = new LinkedHashMap<>();
        for (String kind : List.of("clusterrolebindings", "rolebindings")) {
            ObjectValue list = JsonReader.readObject(
                    ((ApiResponse.Complete) server.handle(ApiRequest.get("/apis/rbac.authorization.k8s.io/v1/" + kind)))
                            .body());
            for (ObjectValue item : objects(list.arrayOrEmpty("items"))) {
                String namespace = item.objectOrEmpty("metadata").stringOrEmpty("namespace");
                String name = item.objectOrEmpty("metadata").stringOrEmpty("name");
                ObjectValue binding =
                        recorded.objectOrEmpty(kind).objectOrEmpty(namespace.isEmpty() ? name : namespace + "/" + name);
                ObjectValue ref = binding.objectOrEmpty("roleRef");
                ObjectValue role = ref.stringOrEmpty("kind").equals("ClusterRole")
                        ? recorded.objectOrEmpty("clusterroles").objectOrEmpty(ref.stringOrEmpty("name"))
                        : recorded.objectOrEmpty("roles").objectOrEmpty(namespace + "/" + ref.stringOrEmpty("name"));
                boolean known = !binding.isEmpty() && !role.isEmpty();
                for (ObjectValue subject : objects((known ? binding : item).arrayOrEmpty("subjects"))) {
                    out.computeIfAbsent(who(subject), x -> new LinkedHashMap<>())
                            .computeIfAbsent(known ? namespace : UNRECORDED, x -> new ArrayList<>())
                            .addAll(objects(role.arrayOrEmpty("rules")));
                }
            }
        }
        out.values().removeIf(rules -> rules.containsKey(UNRECORDED));
        return out;
    }

    private static String who(ObjectValue subject) {
        return subject.stringOrEmpty("kind").equals("ServiceAccount")
                ? "User system:serviceaccount:" + subject.stringOrEmpty("namespace") + ":"
                        + subject.stringOrEmpty("name")
                : subject.stringOrEmpty("kind") + " " + subject.stringOrEmpty("name");
    }

    private static boolean has(ObjectValue rule, String list, String wanted) {
        List<String> values = rule.arrayOrEmpty(list).strings();
        return values.contains("*") || values.contains(wanted);
    }

    private static boolean gives(ObjectValue rule, String verb, String group, String resource, String subresource) {
        List<String> resources = rule.arrayOrEmpty("resources").strings();
        String both = subresource.isEmpty() ? resource : resource + "/" + subresource;
        return has(rule, "verbs", verb)
                && has(rule, "apiGroups", group)
                && (resources.contains("*")
                        || resources.contains(both)
                        || !subresource.isEmpty() && resources.contains("*/" + subresource))
                && rule.arrayOrEmpty("resourceNames").isEmpty();
    }

    private static boolean givesPath(ObjectValue rule, String verb, String path) {
        return has(rule, "verbs", verb)
                && rule.arrayOrEmpty("nonResourceURLs").strings().stream()
                        .anyMatch(url -> url.equals(path)
                                || url.endsWith("*") && path.startsWith(url.substring(0, url.length() - 1)));
    }

    private static boolean asked(String subject, String attributesName, ObjectValue attributes) {
        String name = subject.substring(subject.indexOf(' ') + 1);
        ObjectValue who = subject.startsWith("User ")
                ? ObjectValue.of("user", Value.of(name))
                : ObjectValue.builder()
                        .put("user", "somebody")
                        .put("groups", ArrayValue.of(List.of(Value.of(name))))
                        .build();
        ObjectValue review = ObjectValue.of(
                "spec", who.edit().put(attributesName, attributes).build());
        ApiResponse answer = server.handle(ApiRequest.of(
                "POST",
                "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                Headers.of("Content-Type", "application/json"),
                JsonWriter.toBytes(review)));
        assertThat(answer.code()).isEqualTo(201);
        return JsonReader.readObject(((ApiResponse.Complete) answer).body())
                .objectOrEmpty("status")
                .isTrue("allowed");
    }

    @Test
    void eachSubjectMayDoWhatTheRecordedRolesGive() {
        Map<String, Map<String, List<ObjectValue>>> grants = grants();
        assertThat(grants).hasSizeGreaterThan(25);
        int allowed = 0;
        for (Map.Entry<String, Map<String, List<ObjectValue>>> grant : grants.entrySet()) {
            if (grant.getKey().equals("Group system:masters")) {
                continue; // may do everything by another authorizer
            }
            Set<String> namespaces = new LinkedHashSet<>(List.of("", "default"));
            namespaces.addAll(grant.getValue().keySet());
            for (ResourceDefinition definition : server.catalog().definitions()) {
                Set<String> subresources = new LinkedHashSet<>(Set.of(""));
                subresources.addAll(definition.subresources().keySet());
                for (String subresource : subresources) {
                    for (String namespace : namespaces) {
                        for (String verb : VERBS) {
                            List<ObjectValue> rules = rules(grant.getValue(), namespace);
                            boolean expected = rules.stream()
                                    .anyMatch(rule ->
                                            gives(rule, verb, definition.group(), definition.plural(), subresource));
                            ObjectValue attributes = ObjectValue.builder()
                                    .put("verb", verb)
                                    .put("group", definition.group())
                                    .put("resource", definition.plural())
                                    .put("subresource", subresource)
                                    .put("namespace", namespace)
                                    .build();
                            assertThat(asked(grant.getKey(), "resourceAttributes", attributes))
                                    .as("%s: %s", grant.getKey(), attributes)
                                    .isEqualTo(expected);
                            allowed += expected ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(allowed).isGreaterThan(500);
    }

    private static List<ObjectValue> rules(Map<String, List<ObjectValue>> grants, String namespace) {
        List<ObjectValue> rules = new ArrayList<>(grants.getOrDefault("", List.of()));
        if (!namespace.isEmpty()) {
            rules.addAll(grants.getOrDefault(namespace, List.of()));
        }
        return rules;
    }

    @Test
    void eachSubjectReachesThePathsOfTheRecordedRoles() {
        for (Map.Entry<String, Map<String, List<ObjectValue>>> grant : grants().entrySet()) {
            if (grant.getKey().equals("Group system:masters")) {
                continue;
            }
            for (String path : PATHS) {
                for (String verb : List.of("get", "post", "head")) {
                    boolean expected =
                            rules(grant.getValue(), "").stream().anyMatch(rule -> givesPath(rule, verb, path));
                    ObjectValue attributes = ObjectValue.builder()
                            .put("verb", verb)
                            .put("path", path)
                            .build();
                    assertThat(asked(grant.getKey(), "nonResourceAttributes", attributes))
                            .as("%s: %s %s", grant.getKey(), verb, path)
                            .isEqualTo(expected);
                }
            }
        }
    }
}
