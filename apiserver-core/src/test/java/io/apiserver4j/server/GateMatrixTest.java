// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No path, method and media type gets past the gates: all that the live catalog serves, and all fixed paths, are tried by a
 * stranger, by somebody who may do nothing, and the question that authorization is asked is compared with the path.
 */
class GateMatrixTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "BREW");

    private static final List<String> GATES = List.of("authenticate", "audit", "impersonate", "flow", "authorize");

    private static final List<String> BEHIND = List.of("measure");

    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
            "application/cbor",
            "application/json;as=Table;v=v1;g=meta.k8s.io",
            "application/json-patch+json",
            "text/html",
            "nonsense");

    private static final List<String> steps = new ArrayList<>();
    private static final List<AccessAttributes> asked = new ArrayList<>();
    private static ApiServer server;

    /** A place to try: a path and what authorization is to be asked there; the verb by the method. */
    private record Place(
            String path, String group, String resource, String subresource, String namespace, String name) {
        boolean isResource() {
            return !resource.isEmpty();
        }
    }

    @BeforeAll
    static void start() throws InterruptedException {
        server = ApiServer.builder()
                .authenticator(call ->
                        call.request().headers().firstOrEmpty("Authorization").equals("Bearer known")
                                ? new AuthResult.Known(Identity.of("known", Identity.AUTHENTICATED))
                                : AuthResult.NO_OPINION)
                .authorizer(attributes -> {
                    if (attributes.identity().equals(Identity.LOOPBACK)) {
                        return Decision.allow("");
                    }
                    asked.add(attributes);
                    return Decision.noOpinion("");
                })
                .observer((call, step) -> {
                    if (!Identity.LOOPBACK.equals(call.identity())) {
                        steps.add(step);
                    }
                })
                .build();
        ApiResponse made = server.handle(ApiRequest.of(
                "POST",
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                Headers.of("Content-Type", "application/yaml"),
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: things.example.com}
                spec:
                  group: example.com
                  names: {plural: things, kind: Thing}
                  scope: Namespaced
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}, scale: {specReplicasPath: .spec.n, statusReplicasPath: .status.n}}
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.getBytes(StandardCharsets.UTF_8)));
        assertThat(made.code()).isEqualTo(201);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (server.handle(ApiRequest.get("/apis/example.com/v1")).code() != 200 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Place> places() {
        List<Place> out = new ArrayList<>();
        for (ResourceDefinition definition : server.catalog().definitions()) {
            for (VersionDefinition version : definition.versions()) {
                String root = definition.group().isEmpty()
                        ? "/api/" + version.version()
                        : "/apis/" + definition.group() + "/" + version.version();
                add(out, definition, root, "", definition.plural());
                if (definition.namespaced()) {
                    add(out, definition, root + "/namespaces/ns1", "ns1", definition.plural());
                }
            }
        }
        ObjectValue index = JsonReader.readObject(((ApiResponse.Complete) server.handle(ApiRequest.get("/"))).body());
        List<String> paths = new ArrayList<>(index.arrayOrEmpty("paths").strings());
        assertThat(paths).contains("/healthz", "/openapi/v2", "/metrics", "/apis/example.com/v1");
        paths.addAll(
                List.of("/", "/nothing", "/healthz/", "/healthz/ping", "/openapi/v3/apis/apps/v1", "//api/v1/pods"));
        paths.forEach(path -> out.add(new Place(path, "", "", "", "", "")));
        return out;
    }

    private static void add(
            List<Place> out, ResourceDefinition definition, String root, String namespace, String plural) {
        String group = definition.group();
        // A namespace is its own: the path of one names it twice over.
        boolean namespaces = group.isEmpty() && plural.equals("namespaces");
        out.add(new Place(root + "/" + plural, group, plural, "", namespace, ""));
        String inside = namespaces ? "n1" : namespace;
        out.add(new Place(root + "/" + plural + "/n1", group, plural, "", inside, "n1"));
        for (String subresource : definition.subresources().keySet()) {
            out.add(new Place(root + "/" + plural + "/n1/" + subresource, group, plural, subresource, inside, "n1"));
        }
    }

    private static ApiResponse send(String method, String path, String mediaType, boolean known) {
        steps.clear();
        asked.clear();
        Headers headers = Headers.of("Accept", mediaType, "Content-Type", mediaType);
        return server.call(
                ApiRequest.of(
                        method,
                        path,
                        known ? headers.with("Authorization", "Bearer known") : headers,
                        "{}".getBytes(StandardCharsets.UTF_8)),
                new Cancellation());
    }

    private static String verb(Place place, String method) {
        if (!place.isResource()) {
            return Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                            .contains(method)
                    ? method.toLowerCase(java.util.Locale.ROOT)
                    : "other";
        }
        boolean collection = place.name().isEmpty();
        return Map.of(
                        "GET",
                        collection ? "list" : "get",
                        "HEAD",
                        collection ? "list" : "get",
                        "POST",
                        "create",
                        "PUT",
                        "update",
                        "PATCH",
                        "patch",
                        "DELETE",
                        collection ? "deletecollection" : "delete")
                .getOrDefault(method, "other");
    }

    @Test
    void strangersGetNowhere() {
        int tried = 0;
        for (Place place : places()) {
            for (String method : METHODS) {
                for (String mediaType : MEDIA_TYPES) {
                    ApiResponse answer = send(method, place.path(), mediaType, false);
                    String what = method + " " + place.path() + " as " + mediaType;
                    assertThat(answer.code()).as(what).isEqualTo(401);
                    assertThat(steps).as(what).contains("authenticate").doesNotContainAnyElementsOf(BEHIND);
                    assertThat(asked).as(what).isEmpty();
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(10_000);
    }

    @Test
    void theForbiddenIsAskedForAndRefused() {
        for (Place place : places()) {
            for (String method : METHODS) {
                for (String mediaType : MEDIA_TYPES) {
                    ApiResponse answer = send(method, place.path(), mediaType, true);
                    String what = method + " " + place.path() + " as " + mediaType;
                    assertThat(answer.code()).as(what).isEqualTo(403);
                    assertThat(steps).as(what).containsSubsequence(GATES).doesNotContainAnyElementsOf(BEHIND);
                    assertThat(asked).as(what).hasSize(1);
                    AccessAttributes question = asked.get(0);
                    assertThat(question.verb()).as(what).isEqualTo(verb(place, method));
                    assertThat(question.resourceRequest()).as(what).isEqualTo(place.isResource());
                    assertThat(List.of(
                                    question.group(),
                                    question.resource(),
                                    question.subresource(),
                                    question.namespace(),
                                    question.name()))
                            .as(what)
                            .containsExactly(
                                    place.group(),
                                    place.resource(),
                                    place.subresource(),
                                    place.namespace(),
                                    place.name());
                }
            }
        }
    }

    @Test
    void aWatchIsAskedForAsOne() {
        for (Place place : places()) {
            if (place.isResource() && place.name().isEmpty()) {
                for (String query : List.of("?watch=1", "?watch=true", "?watch")) {
                    assertThat(send("GET", place.path() + query, "application/json", true)
                                    .code())
                            .isEqualTo(403);
                    assertThat(asked).extracting(AccessAttributes::verb).containsExactly("watch");
                }
            }
        }
    }
}
