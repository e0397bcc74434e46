// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.PolicyRule;
import io.apiserver4j.authz.RuleReview;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import java.util.ArrayList;
import java.util.List;

/** What may I do in a namespace (SelfSubjectRulesReview), as far as the authorizer can tell in advance. */
final class RulesReview implements ResourceHandler {
    private final Authorizer authorizer;

    RulesReview(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        ObjectValue review = support.body(call, call.version().kind());
        String namespace = review.objectOrEmpty("spec").stringOrEmpty("namespace");
        if (namespace.isEmpty()) {
            throw Status.badRequest("no namespace on request").asException();
        }
        RuleReview given = authorizer.rules(call.call().requireIdentity(), namespace);
        List<Value> resources = new ArrayList<>();
        List<Value> paths = new ArrayList<>();
        for (PolicyRule rule : given.rules()) {
            if (!rule.resources().isEmpty()) {
                resources.add(new PolicyRule(rule.verbs(), rule.groups(), rule.resources(), rule.names(), List.of())
                        .toObject());
            }
            if (!rule.paths().isEmpty()) {
                paths.add(new PolicyRule(rule.verbs(), List.of(), List.of(), List.of(), rule.paths()).toObject());
            }
        }
        ObjectEditor status = ObjectValue.builder()
                .put("resourceRules", ArrayValue.of(resources))
                .put("nonResourceRules", ArrayValue.of(paths))
                .put("incomplete", given.incomplete());
        if (!given.error().isEmpty()) {
            status.put("evaluationError", given.error());
        }
        ObjectValue answer = review.with("metadata", ObjectValue.EMPTY)
                .with("spec", ObjectValue.EMPTY)
                .with("status", status.build());
        return support.answer(call, answer, 201);
    }
}
