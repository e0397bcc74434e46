// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.Map;
import java.util.function.UnaryOperator;

/** MutatingAdmissionPolicies: mutations, each a JSON patch or an apply configuration. */
public final class MutatingPolicyRules extends PolicyRules {
    private static final Choice PATCH_TYPES = Choice.of("ApplyConfiguration", "JSONPatch");

    @Override
    void constraints(ObjectValue match, ValuePath path, FieldErrors errors) {
        MatchRules.mutatingOperations(match, path, errors);
    }

    private static final CelType OBJECT = CelType.object("Object", Map.of());
    private static final CelType PATCHES = CelType.list(CelType.object("JSONPatch", Map.of()));

    @Override
    void body(ObjectValue object, ObjectValue spec, UnaryOperator<CelEnvironment> composed, FieldErrors errors) {
        ArrayValue mutations = spec.arrayOrEmpty("mutations");
        if (mutations.isEmpty()) {
            errors.required(SPEC.field("mutations"), "mutations must contain at least one item");
        }
        for (int i = 0; i < mutations.size(); i++) {
            CelEnvironment environment = composed.apply(
                            AdmissionVariables.ofPolicy(spec.getObject("paramKind") != null, true))
                    .constructing();
            mutation(mutations.objectAt(i), environment, SPEC.field("mutations").index(i), errors);
        }
        MatchRules.REINVOCATION_POLICIES.require(spec, "reinvocationPolicy", SPEC, errors);
    }

    private static void mutation(ObjectValue mutation, CelEnvironment environment, ValuePath path, FieldErrors errors) {
        PATCH_TYPES.require(mutation, "patchType", path, errors);
        switch (mutation.stringOrEmpty("patchType")) {
            case "JSONPatch" ->
                patch(mutation, "JSONPatch", "jsonPatch", "applyConfiguration", PATCHES, environment, path, errors);
            case "ApplyConfiguration" ->
                patch(
                        mutation,
                        "ApplyConfiguration",
                        "applyConfiguration",
                        "jsonPatch",
                        OBJECT,
                        environment,
                        path,
                        errors);
            default -> {}
        }
    }

    private static void patch(
            ObjectValue mutation,
            String type,
            String own,
            String other,
            CelType result,
            CelEnvironment environment,
            ValuePath path,
            FieldErrors errors) {
        ObjectValue patch = mutation.getObject(own);
        if (patch == null) {
            errors.required(path.field(own), "must be specified when patchType is " + type);
        } else if (ExpressionRules.expression(patch, "expression", "", path.field(own), errors)) {
            ExpressionRules.compiled(
                    patch.stringOrEmpty("expression"),
                    environment,
                    path.field(own).field("expression"),
                    errors,
                    result);
        }
        if (mutation.getObject(other) != null) {
            errors.invalid(path.field(other), "{" + other + "}", "must not be specified when patchType is " + type);
        }
    }
}
