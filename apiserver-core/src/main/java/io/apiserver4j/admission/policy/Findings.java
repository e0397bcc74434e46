// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the validating policies found in one request, and what is done about it. */
final class Findings {
    private static final String FAILURES = "validation.policy.admission.k8s.io/validation_failure";
    private static final int MAX_FAILURES = 50;
    private static final int MAX_FACT = 10 * 1024;

    private final AdmissionRequest request;
    private final List<Value> failures = new ArrayList<>(0);
    private @Nullable String refusal;
    private String reason = "";

    Findings(AdmissionRequest request) {
        this.request = request;
    }

    /** A policy or binding that can't be used. */
    void broken(PolicyHeader policy, @Nullable Binding binding, ConfigurationException why) {
        if (!policy.ignoresErrors()) {
            deny(
                    policy,
                    binding,
                    "failed to configure " + (binding == null ? "policy" : "binding") + ": " + why.text(),
                    "");
        }
    }

    /** Takes what a policy says with one parameter, and does what the binding wants done. */
    void add(PolicyHeader policy, Binding binding, ValidatingPolicy.Verdict verdict) {
        for (ValidatingPolicy.Finding finding : verdict.findings()) {
            for (String action : binding.actions()) {
                switch (action) {
                    case "Deny" -> deny(policy, binding, finding.message(), finding.reason());
                    case "Audit" -> failures.add(failure(policy, binding, finding));
                    case "Warn" ->
                        request.notes()
                                .warn("Validation failed for ValidatingAdmissionPolicy '" + policy.name()
                                        + "' with binding '" + binding.name() + "': " + finding.message());
                    default -> {} // validation lets nothing else in
                }
            }
        }
        verdict.errors().forEach(error -> deny(policy, binding, error, ""));
    }

    private void deny(PolicyHeader policy, @Nullable Binding binding, String message, String why) {
        if (refusal == null) { // the first one is told
            refusal = "ValidatingAdmissionPolicy '" + policy.name() + "'"
                    + (binding == null ? "" : " with binding '" + binding.name() + "'") + " denied request: "
                    + message;
            reason = why.isEmpty() ? "Invalid" : why;
        }
    }

    private static ObjectValue failure(PolicyHeader policy, Binding binding, ValidatingPolicy.Finding finding) {
        return ObjectValue.builder()
                .put("message", finding.message())
                .put("policy", policy.name())
                .put("binding", binding.name())
                .put("expressionIndex", finding.validation())
                .put("validationActions", ArrayValue.ofStrings(binding.actions()))
                .build();
    }

    /** Writes the facts of all bindings of a policy; different ones under one key are told together. */
    void record(PolicyHeader policy, List<ValidatingPolicy.Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (ValidatingPolicy.Fact fact : facts) {
            values.computeIfAbsent(fact.key(), key -> new LinkedHashSet<>()).add(cut(fact.value()));
        }
        values.forEach((key, all) -> request.notes().annotate(policy.name() + "/" + key, String.join(", ", all)));
    }

    private static String cut(String value) {
        if (GoText.byteLength(value) <= MAX_FACT) {
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, MAX_FACT, StandardCharsets.UTF_8);
    }

    /** Writes what is to be audited, and refuses the request where something denies it. */
    void end() {
        if (!failures.isEmpty()) {
            List<Value> told = failures.size() > MAX_FAILURES ? failures.subList(0, MAX_FAILURES) : failures;
            request.notes().annotate(FAILURES, escaped(JsonWriter.toString(ArrayValue.of(told))));
        }
        String message = refusal;
        if (message != null) {
            throw refused(message);
        }
    }

    /** As Go's encoder writes text that may come to stand in HTML. */
    private static String escaped(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private ApiException refused(String message) {
        Status status = request.forbidden(message).status();
        Status.Details about = status.details();
        Status.Details details = about == null
                ? new Status.Details("", "", "", "", List.of(new Status.Cause("", message, "")))
                : new Status.Details(
                        about.name(),
                        about.group(),
                        about.kind(),
                        about.uid(),
                        List.of(new Status.Cause("", message, "")));
        return new Status(status.status(), code(reason), reason, status.message(), details, 0).asException();
    }

    private static int code(String reason) {
        return switch (reason) {
            case "Forbidden" -> 403;
            case "Unauthorized" -> 401;
            case "RequestEntityTooLarge" -> 413;
            default -> 422;
        };
    }
}
