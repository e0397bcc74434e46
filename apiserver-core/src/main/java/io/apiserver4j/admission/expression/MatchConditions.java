// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.cel.CelBudget;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions under which a webhook or a policy looks at a request. Immutable. */
public final class MatchConditions {
    /** No conditions: every request is looked at. */
    public static final MatchConditions NONE = new MatchConditions(List.of());

    private final List<Condition> conditions;

    private record Condition(String name, AdmissionExpression expression) {}

    /**
     * What conditions say of a request.
     *
     * @param matches true where it is to be looked at; false also where an error counts
     * @param failed the name of the condition that does not hold, or null
     * @param error why that can't be told, or null
     */
    public record Outcome(
            boolean matches,
            @Nullable String failed,
            @Nullable String error) {
        private static final Outcome YES = new Outcome(true, null, null);
        private static final Outcome NO = new Outcome(false, null, null);
    }

    private MatchConditions(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /** Compiles the items of {@code matchConditions}. */
    public static MatchConditions compile(List<ObjectValue> items, CelEnvironment environment) {
        if (items.isEmpty()) {
            return NONE;
        }
        List<Condition> conditions = new ArrayList<>(items.size());
        for (ObjectValue item : items) {
            conditions.add(new Condition(
                    item.stringOrEmpty("name"),
                    AdmissionExpression.compile(environment, item.stringOrEmpty("expression"), CelType.BOOL)));
        }
        return new MatchConditions(List.copyOf(conditions));
    }

    /** True where there are none. */
    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    /**
     * Asks all conditions: one that is false decides, whatever errors others have.
     *
     * @param composition variables of the policy that the conditions may use
     * @param ignoresErrors true where a request is not looked at when an error would count
     */
    public Outcome evaluate(RequestVariables variables, Composition composition, boolean ignoresErrors) {
        if (conditions.isEmpty()) {
            return Outcome.YES;
        }
        CelBudget budget = CelBudget.of(CelBudget.MATCH_CONDITIONS);
        Composition.Scope scope = composition.scope(variables, budget);
        Set<String> errors = new LinkedHashSet<>();
        List<AdmissionExpression.Result> results = new ArrayList<>(conditions.size());
        try {
            for (Condition condition : conditions) {
                results.add(condition.expression().evaluate(scope, budget));
            }
        } catch (OutOfBudgetException e) {
            return ignoresErrors ? Outcome.NO : new Outcome(false, null, OutOfBudgetException.TEXT);
        }
        for (int i = 0; i < results.size(); i++) {
            if (Boolean.FALSE.equals(results.get(i).value())) {
                return new Outcome(false, conditions.get(i).name(), null);
            }
            String error = results.get(i).error();
            if (error != null) {
                errors.add(error);
            }
        }
        if (errors.isEmpty()) {
            return Outcome.YES;
        }
        return ignoresErrors ? Outcome.NO : new Outcome(false, null, aggregate(errors));
    }

    private static String aggregate(Set<String> errors) {
        return errors.size() == 1 ? errors.iterator().next() : "[" + String.join(", ", errors) + "]";
    }
}
