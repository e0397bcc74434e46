// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.expression.AdmissionExpression;
import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.admission.expression.Composition;
import io.apiserver4j.admission.expression.MatchConditions;
import io.apiserver4j.admission.expression.RequestVariables;
import io.apiserver4j.cel.CelBudget;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The expressions of a MutatingAdmissionPolicy, compiled. Immutable.
 *
 * @param seesLater true where the policy is to see once more what later ones changed
 */
record MutatingPolicy(
        boolean ignoresErrors,
        boolean seesLater,
        Composition composition,
        MatchConditions conditions,
        List<Mutation> mutations) {
    private static final CelType OBJECT = CelType.object("Object", Map.of());
    private static final CelType PATCH = CelType.list(CelType.object("JSONPatch", Map.of()));

    /** One step: a patch, or a configuration to be laid over the object. */
    record Mutation(boolean patch, AdmissionExpression expression) {}

    static MutatingPolicy compile(PolicyHeader header) {
        ObjectValue spec = header.spec();
        boolean params = header.paramKind() != null;
        CelEnvironment base = AdmissionVariables.ofPolicy(params, true);
        Composition composition =
                Composition.compile(spec.arrayOrEmpty("variables").objects(), base);
        CelEnvironment ofMutations = composition.in(AdmissionVariables.ofMutation(params));
        List<Mutation> mutations = new ArrayList<>();
        for (ObjectValue item : spec.arrayOrEmpty("mutations").objects()) {
            boolean patch = item.stringOrEmpty("patchType").equals("JSONPatch");
            String text = item.objectOrEmpty(patch ? "jsonPatch" : "applyConfiguration")
                    .stringOrEmpty("expression");
            mutations.add(new Mutation(patch, AdmissionExpression.compile(ofMutations, text, patch ? PATCH : OBJECT)));
        }
        return new MutatingPolicy(
                header.ignoresErrors(),
                spec.stringOrEmpty("reinvocationPolicy").equals("IfNeeded"),
                composition,
                MatchConditions.compile(spec.arrayOrEmpty("matchConditions").objects(), composition.in(base)),
                List.copyOf(mutations));
    }

    /**
     * The value of a mutation's expression.
     *
     * @throws ConfigurationException where there is none, with the reason
     * @throws io.apiserver4j.admission.expression.OutOfBudgetException where it costs too much
     */
    Object evaluate(Mutation mutation, RequestVariables variables) {
        String broken = mutation.expression().error();
        if (broken != null) {
            throw new ConfigurationException(broken);
        }
        CelBudget budget = CelBudget.of(CelBudget.PER_OBJECT);
        AdmissionExpression.Result result =
                mutation.expression().evaluate(composition.scope(variables, budget), budget);
        String error = result.error();
        Object value = result.value();
        if (error != null || value == null) {
            throw new ConfigurationException(String.valueOf(error));
        }
        return value;
    }
}
