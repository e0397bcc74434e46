// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * ValidatingAdmissionPolicyBindings and MutatingAdmissionPolicyBindings. Whether the user may read the parameters that a
 * binding names is not asked.
 */
public final class PolicyBindingRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final Choice ACTIONS = Choice.of("Deny", "Warn", "Audit");

    private final boolean mutating;

    private PolicyBindingRules(boolean mutating) {
        this.mutating = mutating;
    }

    /** The rules of MutatingAdmissionPolicyBindings. */
    public static KindRules mutating() {
        return new PolicyBindingRules(true);
    }

    /** The rules of ValidatingAdmissionPolicyBindings. */
    public static KindRules validating() {
        return new PolicyBindingRules(false);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        binding(spec, errors);
        ReservedNames.check(object, errors);
        if (!mutating) {
            declared(spec, errors);
        }
    }

    private void binding(ObjectValue spec, FieldErrors errors) {
        String policy = spec.stringOrEmpty("policyName");
        if (!policy.isEmpty()) {
            errors.invalidAll(SPEC.field("policyName"), policy, NameRules.dns1123Subdomain(policy));
        } else if (mutating) {
            errors.required(SPEC.field("policyName"), "");
        }
        ParamRules.reference(spec.getObject("paramRef"), SPEC.field("paramRef"), errors);
        ObjectValue match = spec.getObject("matchResources");
        if (match != null) {
            MatchRules.resources(match, SPEC.field("matchResources"), errors);
        }
        if (mutating) {
            if (match != null) {
                MatchRules.mutatingOperations(match, SPEC.field("matchResources"), errors);
            }
        } else {
            actions(spec.arrayOrEmpty("validationActions").strings(), SPEC.field("validationActions"), errors);
        }
    }

    private static void actions(List<String> actions, ValuePath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < actions.size(); i++) {
            ACTIONS.check(actions.get(i), path.index(i), errors);
            if (!seen.add(actions.get(i))) {
                errors.duplicate(path.index(i), actions.get(i));
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            errors.invalidShown(
                    path,
                    FieldErrors.json(actions),
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API"
                            + " response and headers serves no purpose)");
        }
    }

    /** What Kubernetes knows from declarations, and tells last. */
    private static void declared(ObjectValue spec, FieldErrors errors) {
        if (spec.stringOrEmpty("policyName").isEmpty()) {
            errors.required(SPEC.field("policyName"), "");
        }
        if (spec.arrayOrEmpty("validationActions").isEmpty()) {
            errors.required(SPEC.field("validationActions"), "");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = updated.objectOrEmpty("spec");
        binding(spec, errors);
        if (!mutating) {
            declared(spec, errors);
        }
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return ReservedNames.warnings(updated);
    }
}
