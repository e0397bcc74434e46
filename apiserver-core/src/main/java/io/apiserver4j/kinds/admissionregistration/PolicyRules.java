// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What ValidatingAdmissionPolicies and MutatingAdmissionPolicies have in common. Expressions only have to be there
 * ({@link ExpressionRules}); whether the user may read the parameters of a policy is not asked.
 */
abstract class PolicyRules implements KindRules {
    static final ValuePath SPEC = ValuePath.of("spec");

    /** Checks what follows the common part of a spec. */
    abstract void body(
            ObjectValue object, ObjectValue spec, UnaryOperator<CelEnvironment> composed, FieldErrors errors);

    @Override
    public final void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        policy(object, true, errors);
        ReservedNames.check(object, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        ObjectValue now = updated.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        boolean conditions = FieldChecks.changed(now.get("paramKind"), before.get("paramKind"))
                || !now.arrayOrEmpty("matchConditions").equals(before.arrayOrEmpty("matchConditions"));
        policy(updated, conditions, errors);
    }

    private void policy(ObjectValue object, boolean conditions, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        MatchRules.FAILURE_POLICIES.require(spec, "failurePolicy", SPEC, errors);
        ParamRules.kind(spec.getObject("paramKind"), SPEC.field("paramKind"), errors);
        ObjectValue match = spec.getObject("matchConstraints");
        boolean params = spec.getObject("paramKind") != null;
        ValuePath matchPath = SPEC.field("matchConstraints");
        if (match == null) {
            errors.required(matchPath, "");
        } else {
            MatchRules.resources(match, matchPath, errors);
            if (match.arrayOrEmpty("resourceRules").isEmpty()) {
                errors.required(matchPath.field("resourceRules"), "");
            }
            constraints(match, matchPath, errors);
        }
        if (conditions) {
            ExpressionRules.matchConditions(
                    spec.arrayOrEmpty("matchConditions"),
                    () -> AdmissionVariables.ofPolicy(params, true),
                    SPEC.field("matchConditions"),
                    errors);
        }
        UnaryOperator<CelEnvironment> composed = ExpressionRules.variables(
                spec.arrayOrEmpty("variables"),
                () -> AdmissionVariables.ofPolicy(params, true),
                SPEC.field("variables"),
                errors);
        body(object, spec, composed, errors);
    }

    /** Checks more of what is matched. */
    void constraints(ObjectValue match, ValuePath path, FieldErrors errors) {}

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return ReservedNames.warnings(updated);
    }
}
