// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rule of {@code x-kubernetes-validations}, compiled.
 *
 * @param rule the rule as the schema has it
 * @param program the rule's expression; null where it is empty or wrong
 * @param problem what is wrong with it
 * @param maxCost the most that it may cost once
 * @param message the expression that makes the message; null where there is none or it is wrong
 * @param messageProblem what is wrong with that one
 * @param messageMaxCost the most that it may cost
 */
public record SchemaRule(
        ObjectValue rule,
        @Nullable CelProgram program,
        @Nullable String problem,
        CostEstimate maxCost,
        @Nullable CelProgram message,
        @Nullable String messageProblem,
        CostEstimate messageMaxCost) {
    private static final String SELF = "self";
    private static final String OLD_SELF = "oldSelf";

    /** Compiles the rules of one schema; {@code type} is what the schema describes. */
    public static List<SchemaRule> compile(ArrayValue rules, CelType type) {
        Map<String, CelType> variables = new LinkedHashMap<>();
        variables.put(SELF, type);
        variables.put(OLD_SELF, type);
        CelEnvironment plain = CelEnvironment.of(variables);
        CelEnvironment optional = plain.with(OLD_SELF, CelType.optional(type));
        List<SchemaRule> out = new ArrayList<>(rules.size());
        for (ObjectValue rule : rules.objects()) {
            out.add(compile(rule, rule.isTrue("optionalOldSelf") ? optional : plain, type));
        }
        return out;
    }

    private static SchemaRule compile(ObjectValue rule, CelEnvironment environment, CelType type) {
        String expression = rule.stringOrEmpty("rule");
        if (expression.isBlank()) {
            return new SchemaRule(rule, null, null, CostEstimate.NONE, null, null, CostEstimate.NONE);
        }
        CelProgram program;
        try {
            program = environment.compile(expression);
        } catch (CelCompileException wrong) {
            return new SchemaRule(rule, null, wrong.text(), CostEstimate.NONE, null, null, CostEstimate.NONE);
        }
        if (program.resultType().kind() != CelType.Kind.BOOL) {
            String problem = "cel expression must evaluate to a bool";
            return new SchemaRule(rule, null, problem, CostEstimate.NONE, null, null, CostEstimate.NONE);
        }
        Map<String, CelType> sizes = Map.of(SELF, type, OLD_SELF, type);
        CostEstimate cost = program.estimate(sizes);
        String text = rule.stringOrEmpty("messageExpression");
        if (text.isEmpty()) {
            return new SchemaRule(rule, program, null, cost, null, null, CostEstimate.NONE);
        }
        try {
            CelProgram message = environment.compile(text);
            return message.resultType().kind() == CelType.Kind.STRING
                    ? new SchemaRule(rule, program, null, cost, message, null, message.estimate(sizes))
                    : new SchemaRule(
                            rule,
                            program,
                            null,
                            cost,
                            null,
                            "messageExpression must evaluate to a string",
                            CostEstimate.NONE);
        } catch (CelCompileException wrong) {
            String problem = "messageExpression compilation failed: " + wrong.issues();
            return new SchemaRule(rule, program, null, cost, null, problem, CostEstimate.NONE);
        }
    }

    /** True where the rule looks at the value before the change. */
    public boolean usesOldSelf() {
        return program != null && program.uses(OLD_SELF);
    }

    /** True where the value before the change is given as one that may be missing. */
    public boolean hasOptionalOldSelf() {
        return rule.isTrue("optionalOldSelf");
    }

    /** Variables of an evaluation, by the type that the rules were compiled for. */
    public CelBindings bindings(Object self, @Nullable Object oldSelf) {
        Object before = hasOptionalOldSelf() ? (Object) new CelOptional(oldSelf) : oldSelf;
        return name -> name.equals(SELF) ? self : name.equals(OLD_SELF) ? before : null;
    }

    /** What the rule is called in messages: its own message, or its text. */
    public String name() {
        String message = rule.stringOrEmpty("message");
        return (message.isEmpty() ? rule.stringOrEmpty("rule") : message).strip();
    }
}
