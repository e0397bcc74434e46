// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.cel.CelBindings;
import io.apiserver4j.cel.CelBudget;
import io.apiserver4j.cel.CelCompileException;
import io.apiserver4j.cel.CelCostException;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelEvaluationException;
import io.apiserver4j.cel.CelProgram;
import io.apiserver4j.cel.CelType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An expression of a configuration, compiled, or the reason why it can't be. Immutable. */
public final class AdmissionExpression {
    private final String text;
    private final @Nullable CelProgram program;
    private final @Nullable String error;

    /**
     * What an evaluation gives: a value, or an error with its text.
     *
     * @param value as {@link io.apiserver4j.cel.CelValues} has values
     */
    public record Result(@Nullable Object value, @Nullable String error) {}

    private AdmissionExpression(String text, @Nullable CelProgram program, @Nullable String error) {
        this.text = text;
        this.program = program;
        this.error = error;
    }

    /**
     * Compiles.
     *
     * @param results the types that the value may have; none for any
     */
    public static AdmissionExpression compile(CelEnvironment environment, String text, CelType... results) {
        CelProgram program;
        try {
            program = environment.compile(text);
        } catch (CelCompileException e) {
            return new AdmissionExpression(text, null, "compilation failed: " + e.issues());
        }
        String wrong = results.length == 0 ? null : wrongType(program.resultType(), List.of(results));
        return new AdmissionExpression(text, wrong == null ? program : null, wrong);
    }

    private static @Nullable String wrongType(CelType type, List<CelType> wanted) {
        if (wanted.contains(type)) {
            return null;
        }
        return "must evaluate to "
                + (wanted.size() == 1
                        ? declared(wanted.get(0))
                        : wanted.stream()
                                .map(AdmissionExpression::declared)
                                .collect(Collectors.joining(" ", "one of [", "]")))
                + " but got " + declared(type);
    }

    /** A type by the names that declarations use: {@code null_type}. */
    private static String declared(CelType type) {
        if (type.parameters().isEmpty()) {
            return type.name();
        }
        return type.parameters().stream()
                .map(AdmissionExpression::declared)
                .collect(Collectors.joining(", ", type.name() + "(", ")"));
    }

    /** The expression as it was given. */
    public String text() {
        return text;
    }

    /** Why it can't be evaluated, or null; as the message of a refused configuration has it. */
    public @Nullable String error() {
        return error;
    }

    /** The type of its values; not known where it can't be evaluated. */
    public CelType type() {
        CelProgram known = program;
        return known == null ? CelType.DYN : known.resultType();
    }

    /** The program of one that can be evaluated. */
    @Nullable
    CelProgram program() {
        return program;
    }

    /**
     * Evaluates.
     *
     * @param budget is charged with what it costs, and with what variables cost that it uses first
     * @throws OutOfBudgetException where the budget is used up
     */
    public Result evaluate(CelBindings bindings, CelBudget budget) {
        CelProgram known = program;
        if (known == null) {
            return new Result(null, "compilation error: " + error);
        }
        Object value = null;
        String failed = null;
        try {
            value = known.evaluate(bindings, budget);
        } catch (CelEvaluationException e) {
            failed = e.text();
        } catch (CelCostException e) {
            failed = e.text();
        }
        if (budget.isExhausted()) {
            throw new OutOfBudgetException();
        }
        return failed == null
                ? new Result(value, null)
                : new Result(null, "expression '" + text + "' resulted in error: " + failed);
    }
}
