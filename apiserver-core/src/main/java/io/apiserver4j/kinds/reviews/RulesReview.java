// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * What may I do in a namespace (SelfSubjectRulesReview). Until roles are evaluated these are the rules of the default roles:
 * everything for masters, discovery and self reviews for who is authenticated, health and version for everybody.
 */
final class RulesReview implements ResourceHandler {
    private static final List<String> PUBLIC = List.of("/healthz", "/livez", "/readyz", "/version", "/version/");
    private static final List<String> DISCOVERY = List.of(
            "/api",
            "/api/*",
            "/apis",
            "/apis/*",
            "/healthz",
            "/livez",
            "/openapi",
            "/openapi/*",
            "/readyz",
            "/version",
            "/version/");

    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        ObjectValue review = support.body(call, call.version().kind());
        if (review.objectOrEmpty("spec").stringOrEmpty("namespace").isEmpty()) {
            throw Status.badRequest("no namespace on request").asException();
        }
        Identity identity = call.call().requireIdentity();
        List<Value> resources = new ArrayList<>();
        List<Value> paths = new ArrayList<>();
        if (identity.in(Identity.MASTERS)) {
            resources.add(resources("*", List.of("*"), "*"));
            paths.add(paths(List.of("*"), "*"));
        }
        if (identity.in(Identity.AUTHENTICATED)) {
            resources.add(resources("authentication.k8s.io", List.of("selfsubjectreviews"), "create"));
            resources.add(resources(
                    "authorization.k8s.io",
                    List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews"),
                    "create"));
            paths.add(paths(DISCOVERY, "get"));
        }
        paths.add(paths(PUBLIC, "get"));
        ObjectValue status = ObjectValue.builder()
                .put("resourceRules", ArrayValue.of(resources))
                .put("nonResourceRules", ArrayValue.of(paths))
                .put("incomplete", false)
                .build();
        ObjectValue answer = review.with("metadata", ObjectValue.EMPTY)
                .with("spec", ObjectValue.EMPTY)
                .with("status", status);
        return support.answer(call, answer, 201);
    }

    private static ObjectValue resources(String group, List<String> names, String verb) {
        return ObjectValue.builder()
                .put("verbs", ArrayValue.of(Value.of(verb)))
                .put("apiGroups", ArrayValue.of(Value.of(group)))
                .put("resources", ArrayValue.ofStrings(names))
                .build();
    }

    private static ObjectValue paths(List<String> paths, String verb) {
        return ObjectValue.of(
                "verbs", ArrayValue.of(Value.of(verb)), "nonResourceURLs", ArrayValue.ofStrings(paths));
    }
}
