// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.List;

/** A compiled expression. Immutable; many threads may evaluate it at once. */
public final class CelProgram {
    private final String expression;
    private final Node root;
    private final CelType resultType;
    private final String[] names;
    private final CelType[] types;
    private final int slots;

    CelProgram(String expression, Node root, CelType resultType, String[] names, CelType[] types, int slots) {
        this.expression = expression;
        this.root = root;
        this.resultType = resultType;
        this.names = names;
        this.types = types;
        this.slots = slots;
    }

    /** The text it was compiled from. */
    public String expression() {
        return expression;
    }

    /** The type that the checker found for the value. */
    public CelType resultType() {
        return resultType;
    }

    /** Names of the variables that the expression uses. */
    public List<String> variables() {
        return List.of(names);
    }

    /** True where the expression uses a variable. */
    public boolean uses(String variable) {
        return List.of(names).contains(variable);
    }

    /** What an evaluation may cost, by the sizes that the types of variables tell. */
    public CostEstimate estimate(java.util.Map<String, CelType> sizes) {
        return new CostEstimator(sizes).estimate(root);
    }

    /**
     * Evaluates.
     *
     * @param bindings the values of variables
     * @param budget is charged what the evaluation cost, also where it fails
     * @return one of the values that {@link CelValues} lists
     * @throws CelEvaluationException with the text that clients are shown
     * @throws CelCostException where this evaluation cost more than one may; that the shared budget is used up, the
     *     caller sees at the budget
     */
    public Object evaluate(CelBindings bindings, CelBudget budget) {
        Frame frame = new Frame(bindings, names, types, slots, budget.callLimit());
        try {
            return root.eval(frame);
        } finally {
            budget.charge(frame.cost());
        }
    }

    @Override
    public String toString() {
        return expression;
    }
}
