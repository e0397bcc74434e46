// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/** MutatingAdmissionPolicies: mutations, each a JSON patch or an apply configuration. */
public final class MutatingPolicyRules extends PolicyRules {
    private static final Choice PATCH_TYPES = Choice.of("ApplyConfiguration", "JSONPatch");

    @Override
    void constraints(ObjectValue match, ValuePath path, FieldErrors errors) {
        MatchRules.mutatingOperations(match, path, errors);
    }

    @Override
    void body(ObjectValue object, ObjectValue spec, FieldErrors errors) {
        ArrayValue mutations = spec.arrayOrEmpty("mutations");
        if (mutations.isEmpty()) {
            errors.required(SPEC.field("mutations"), "mutations must contain at least one item");
        }
        for (int i = 0; i < mutations.size(); i++) {
            mutation(mutations.objectAt(i), SPEC.field("mutations").index(i), errors);
        }
        MatchRules.REINVOCATION_POLICIES.require(spec, "reinvocationPolicy", SPEC, errors);
    }

    private static void mutation(ObjectValue mutation, ValuePath path, FieldErrors errors) {
        PATCH_TYPES.require(mutation, "patchType", path, errors);
        switch (mutation.stringOrEmpty("patchType")) {
            case "JSONPatch" -> patch(mutation, "JSONPatch", "jsonPatch", "applyConfiguration", path, errors);
            case "ApplyConfiguration" ->
                patch(mutation, "ApplyConfiguration", "applyConfiguration", "jsonPatch", path, errors);
            default -> {}
        }
    }

    private static void patch(
            ObjectValue mutation, String type, String own, String other, ValuePath path, FieldErrors errors) {
        ObjectValue patch = mutation.getObject(own);
        if (patch == null) {
            errors.required(path.field(own), "must be specified when patchType is " + type);
        } else {
            ExpressionRules.expression(patch, "expression", "", path.field(own), errors);
        }
        if (mutation.getObject(other) != null) {
            errors.invalid(path.field(other), "{" + other + "}", "must not be specified when patchType is " + type);
        }
    }
}
