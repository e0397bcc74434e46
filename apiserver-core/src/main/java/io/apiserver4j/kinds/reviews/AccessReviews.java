// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** May somebody do something: about oneself, about anybody, about anybody in one namespace. */
final class AccessReviews {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final String ONE_OF = "exactly one of nonResourceAttributes or resourceAttributes must be specified";

    private final Authorizer authorizer;

    AccessReviews(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    ApiResponse self(ResourceCall call, HandlerSupport support) {
        ObjectValue review =
                support.owned(call, support.body(call, call.version().kind()));
        FieldErrors errors = new FieldErrors();
        checkAttributes(review.objectOrEmpty("spec"), errors);
        refuse(errors);
        return answer(call, support, review, call.call().requireIdentity());
    }

    ApiResponse anybody(ResourceCall call, HandlerSupport support) {
        ObjectValue review =
                support.owned(call, support.body(call, call.version().kind()));
        FieldErrors errors = new FieldErrors();
        checkSubject(review.objectOrEmpty("spec"), errors);
        refuse(errors);
        return answer(call, support, review, subject(review.objectOrEmpty("spec")));
    }

    ApiResponse local(ResourceCall call, HandlerSupport support) {
        ObjectValue review = support.owned(
                        call, support.body(call, call.version().kind()))
                .update(
                        "metadata",
                        metadata -> MetadataOrder.put(
                                metadata, "namespace", Value.of(call.target().namespace())));
        ObjectValue spec = review.objectOrEmpty("spec");
        FieldErrors errors = new FieldErrors();
        checkSubject(spec, errors);
        String namespace = spec.objectOrEmpty("resourceAttributes").stringOrEmpty("namespace");
        if (spec.has("nonResourceAttributes")) {
            errors.invalid(SPEC.field("nonResourceAttributes"), shown(spec), "disallowed on this kind of request");
        } else if (spec.has("resourceAttributes")
                && !namespace.equals(call.target().namespace())) {
            errors.invalid(SPEC.fields("resourceAttributes", "namespace"), namespace, "must match metadata.namespace");
        }
        refuse(errors);
        return answer(call, support, review, subject(spec));
    }

    private static void checkSubject(ObjectValue spec, FieldErrors errors) {
        checkAttributes(spec, errors);
        if (spec.stringOrEmpty("user").isEmpty() && spec.arrayOrEmpty("groups").isEmpty()) {
            errors.invalid(SPEC.field("user"), "", "at least one of user or group must be specified");
        }
    }

    private static void checkAttributes(ObjectValue spec, FieldErrors errors) {
        if (spec.has("resourceAttributes") == spec.has("nonResourceAttributes")) {
            errors.invalidShown(
                    SPEC, spec.has("resourceAttributes") ? shown(spec).toString() : "null", ONE_OF);
        }
    }

    /** The attributes of a path under the names that Go's structure has. */
    private static Value shown(ObjectValue spec) {
        ObjectValue path = spec.objectOrEmpty("nonResourceAttributes");
        return ObjectValue.of(
                "Path", Value.of(path.stringOrEmpty("path")), "Verb", Value.of(path.stringOrEmpty("verb")));
    }

    private static void refuse(FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw Status.invalid("authorization.k8s.io", "", "", errors).asException();
        }
    }

    private static Identity subject(ObjectValue spec) {
        Map<String, List<String>> extra = new HashMap<>();
        for (ObjectValue.Member member : spec.objectOrEmpty("extra")) {
            ArrayValue values = member.value().asArray();
            extra.put(member.key(), values == null ? List.of() : values.strings());
        }
        return new Identity(
                spec.stringOrEmpty("user"),
                spec.stringOrEmpty("uid"),
                spec.arrayOrEmpty("groups").strings(),
                extra);
    }

    private ApiResponse answer(ResourceCall call, HandlerSupport support, ObjectValue review, Identity identity) {
        Decision decision = authorizer.authorize(attributes(review.objectOrEmpty("spec"), identity));
        ObjectEditor status = ObjectValue.builder().put("allowed", decision.isAllowed());
        if (decision.outcome() == Decision.Outcome.DENY) {
            status.put("denied", true);
        }
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
        if (!decision.error().isEmpty()) {
            status.put("evaluationError", decision.error());
        }
        return support.answer(call, review.with("status", status.build()), 201);
    }

    private static AccessAttributes attributes(ObjectValue spec, Identity identity) {
        ObjectValue resource = spec.getObject("resourceAttributes");
        if (resource == null) {
            ObjectValue path = spec.objectOrEmpty("nonResourceAttributes");
            return new AccessAttributes(
                    identity, text(path, "verb"), false, "", "", "", "", "", "", text(path, "path"));
        }
        return new AccessAttributes(
                        identity,
                        text(resource, "verb"),
                        true,
                        text(resource, "group"),
                        text(resource, "version"),
                        text(resource, "resource"),
                        text(resource, "subresource"),
                        text(resource, "namespace"),
                        text(resource, "name"),
                        "")
                .with(Selectors.of(resource));
    }

    private static String text(@Nullable ObjectValue object, String name) {
        return object == null ? "" : object.stringOrEmpty(name);
    }
}
