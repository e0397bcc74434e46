// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.cel.CelBindings;
import io.apiserver4j.cel.CelBudget;
import io.apiserver4j.cel.CelCostException;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelEvaluationException;
import io.apiserver4j.cel.CelMap;
import io.apiserver4j.cel.CelProgram;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a policy: named expressions that later ones use, evaluated when first used. Immutable. */
public final class Composition {
    /** Without variables. */
    public static final Composition NONE =
            new Composition(Map.of(), CelType.object(AdmissionVariables.VARIABLES_TYPE, Map.of()));

    private final Map<String, AdmissionExpression> expressions;
    private final CelType type;

    private Composition(Map<String, AdmissionExpression> expressions, CelType type) {
        this.expressions = expressions;
        this.type = type;
    }

    /** Compiles the items of {@code variables}; each may use those before it. */
    public static Composition compile(List<ObjectValue> items, CelEnvironment environment) {
        if (items.isEmpty()) {
            return NONE;
        }
        Map<String, AdmissionExpression> expressions = new LinkedHashMap<>();
        Map<String, CelType> fields = new LinkedHashMap<>();
        for (ObjectValue item : items) {
            String name = item.stringOrEmpty("name");
            AdmissionExpression expression = AdmissionExpression.compile(
                    expressions.isEmpty() ? environment : with(environment, fields), item.stringOrEmpty("expression"));
            expressions.put(name, expression);
            fields.put(name, composed(expression.type()));
        }
        return new Composition(expressions, CelType.object(AdmissionVariables.VARIABLES_TYPE, fields));
    }

    private static CelEnvironment with(CelEnvironment environment, Map<String, CelType> fields) {
        return environment.with(
                AdmissionVariables.VARIABLES, CelType.object(AdmissionVariables.VARIABLES_TYPE, fields));
    }

    /** What is known of a variable's type: not that of objects and of what only functions look into. */
    private static CelType composed(CelType type) {
        return switch (type.kind()) {
            case OBJECT, OPAQUE, OPTIONAL, TYPE, PARAM, ERROR -> CelType.DYN;
            case LIST -> CelType.list(composed(type.element()));
            case MAP -> CelType.map(composed(type.parameters().get(0)), composed(type.element()));
            default -> type;
        };
    }

    /** An environment with these variables. */
    public CelEnvironment in(CelEnvironment environment) {
        return this == NONE ? environment : environment.with(AdmissionVariables.VARIABLES, type);
    }

    /** The variables' expressions in their order. */
    public List<AdmissionExpression> expressions() {
        return List.copyOf(expressions.values());
    }

    /** Number of variables. */
    public int size() {
        return expressions.size();
    }

    /** The values for a request; variables that are evaluated are charged to the budget. */
    public Scope scope(CelBindings variables, CelBudget budget) {
        return new Scope(variables, budget);
    }

    /** Values of all variables for one request. Variables keep their value; one thread. */
    public final class Scope implements CelBindings, CelMap {
        private final CelBindings outer;
        private final CelBudget budget;
        private final Map<String, Object> known = new HashMap<>(0);

        private Scope(CelBindings outer, CelBudget budget) {
            this.outer = outer;
            this.budget = budget;
        }

        @Override
        public @Nullable Object find(String name) {
            return name.equals(AdmissionVariables.VARIABLES) ? this : outer.find(name);
        }

        @Override
        public int size() {
            return expressions.size();
        }

        @Override
        public List<Object> keys() {
            return new ArrayList<>(expressions.keySet());
        }

        @Override
        public @Nullable Object get(Object key) {
            Object found = known.get(String.valueOf(key));
            if (found == null) {
                AdmissionExpression expression = expressions.get(String.valueOf(key));
                if (expression == null) {
                    return null;
                }
                found = evaluate(String.valueOf(key), expression);
                known.put(String.valueOf(key), found);
            }
            if (found instanceof CelEvaluationException error) {
                throw error;
            }
            return found;
        }

        private Object evaluate(String name, AdmissionExpression expression) {
            CelProgram program = expression.program();
            if (program == null) {
                return new CelEvaluationException(
                        "composited variable " + GoText.quote(name) + " fails to compile: " + expression.error());
            }
            String failed;
            try {
                return program.evaluate(this, budget);
            } catch (CelEvaluationException e) {
                failed = e.text();
            } catch (CelCostException e) {
                failed = e.text();
            }
            return new CelEvaluationException(
                    "composited variable " + GoText.quote(name) + " fails to evaluate: " + failed);
        }

        @Override
        public CelType type() {
            return type;
        }
    }
}
