// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.expression.AdmissionExpression;
import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.admission.expression.Composition;
import io.apiserver4j.admission.expression.MatchConditions;
import io.apiserver4j.admission.expression.OutOfBudgetException;
import io.apiserver4j.admission.expression.RequestVariables;
import io.apiserver4j.cel.CelBudget;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.NullValue;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The expressions of a ValidatingAdmissionPolicy, compiled, and what they say of a request. Immutable. */
final class ValidatingPolicy {
    private static final int MAX_MESSAGE = 5 * 1024;

    private final boolean ignoresErrors;
    private final Composition composition;
    private final MatchConditions conditions;
    private final List<Validation> validations;
    private final List<Annotation> annotations;
    private final long mostForMessages;

    private record Validation(
            AdmissionExpression expression,
            String message,
            @Nullable AdmissionExpression messageExpression,
            String reason) {}

    private record Annotation(String key, AdmissionExpression value) {}

    /**
     * A finding against a request.
     *
     * @param validation the position of the validation that found it
     * @param reason of the refusal; empty for the common one
     */
    record Finding(int validation, String message, String reason) {}

    /** A fact for the audit record. */
    record Fact(String key, String value) {}

    /**
     * What a policy says of a request.
     *
     * @param errors what refuses the request whatever the binding wants done about findings
     */
    record Verdict(List<Finding> findings, List<Fact> facts, List<String> errors) {
        private static final Verdict NOTHING = new Verdict(List.of(), List.of(), List.of());
    }

    private ValidatingPolicy(
            boolean ignoresErrors,
            Composition composition,
            MatchConditions conditions,
            List<Validation> validations,
            List<Annotation> annotations) {
        this.ignoresErrors = ignoresErrors;
        this.composition = composition;
        this.conditions = conditions;
        this.validations = validations;
        this.annotations = annotations;
        long messages = validations.stream()
                .filter(one -> one.messageExpression() != null)
                .count();
        mostForMessages = messages == 0 ? 0 : (messages + composition.size()) * CelBudget.PER_CALL;
    }

    static ValidatingPolicy compile(PolicyHeader header) {
        ObjectValue spec = header.spec();
        boolean params = header.paramKind() != null;
        CelEnvironment base = AdmissionVariables.ofPolicy(params, true);
        Composition composition =
                Composition.compile(spec.arrayOrEmpty("variables").objects(), base);
        CelEnvironment environment = composition.in(base);
        CelEnvironment ofMessages = composition.in(AdmissionVariables.ofPolicy(params, false));
        List<Validation> validations = new ArrayList<>();
        for (ObjectValue item : spec.arrayOrEmpty("validations").objects()) {
            String message = item.stringOrEmpty("messageExpression");
            validations.add(new Validation(
                    AdmissionExpression.compile(environment, item.stringOrEmpty("expression"), CelType.BOOL),
                    item.stringOrEmpty("message").strip(),
                    message.isEmpty() ? null : AdmissionExpression.compile(ofMessages, message, CelType.STRING),
                    item.stringOrEmpty("reason")));
        }
        List<Annotation> annotations = new ArrayList<>();
        for (ObjectValue item : spec.arrayOrEmpty("auditAnnotations").objects()) {
            annotations.add(new Annotation(
                    item.stringOrEmpty("key"),
                    AdmissionExpression.compile(
                            environment, item.stringOrEmpty("valueExpression"), CelType.STRING, CelType.NULL)));
        }
        return new ValidatingPolicy(
                header.ignoresErrors(),
                composition,
                MatchConditions.compile(spec.arrayOrEmpty("matchConditions").objects(), environment),
                List.copyOf(validations),
                List.copyOf(annotations));
    }

    /**
     * Evaluates the policy.
     *
     * @param ofConditions what match conditions see
     * @param ofRules what everything else sees
     */
    Verdict evaluate(RequestVariables ofConditions, RequestVariables ofRules) {
        MatchConditions.Outcome outcome = conditions.evaluate(ofConditions, composition, ignoresErrors);
        if (outcome.error() != null) {
            return failed(outcome.error());
        }
        if (!outcome.matches()) {
            return Verdict.NOTHING;
        }
        List<Finding> findings;
        List<Fact> facts = annotations.isEmpty() ? List.of() : new ArrayList<>();
        List<String> errors = annotations.isEmpty() ? List.of() : new ArrayList<>();
        RequestVariables unasked = ofRules.withAuthorizer(null);
        try {
            findings = validate(ofRules, unasked);
            annotate(unasked, facts, errors);
        } catch (OutOfBudgetException e) {
            return failed(OutOfBudgetException.TEXT);
        }
        return new Verdict(findings, facts, errors);
    }

    private Verdict failed(String error) {
        return ignoresErrors ? Verdict.NOTHING : new Verdict(List.of(new Finding(0, error, "")), List.of(), List.of());
    }

    private List<Finding> validate(RequestVariables variables, RequestVariables unasked) {
        CelBudget budget = CelBudget.of(CelBudget.PER_OBJECT);
        Composition.Scope scope = composition.scope(variables, budget);
        AdmissionExpression.Result[] results = new AdmissionExpression.Result[validations.size()];
        boolean allHold = true;
        for (int i = 0; i < results.length; i++) {
            results[i] = validations.get(i).expression().evaluate(scope, budget);
            allHold &= Boolean.TRUE.equals(results[i].value());
        }
        if (allHold && mostForMessages <= budget.left()) {
            return List.of(); // messages are evaluated all the same by the real server, but here they can't fail it
        }
        return findings(results, messages(unasked, budget));
    }

    /** The values of all message expressions; null where they cost more than is left. */
    private AdmissionExpression.@Nullable Result @Nullable [] messages(RequestVariables unasked, CelBudget budget) {
        AdmissionExpression.@Nullable Result[] out = new AdmissionExpression.Result[validations.size()];
        Composition.Scope scope = composition.scope(unasked, budget);
        try {
            for (int i = 0; i < out.length; i++) {
                AdmissionExpression expression = validations.get(i).messageExpression();
                out[i] = expression == null ? null : expression.evaluate(scope, budget);
            }
        } catch (OutOfBudgetException e) {
            return null;
        }
        return out;
    }

    private List<Finding> findings(
            AdmissionExpression.Result[] results, AdmissionExpression.@Nullable Result @Nullable [] messages) {
        List<Finding> out = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            String error = results[i].error();
            if (error == null && messages == null) {
                error = "failed messageExpression: " + OutOfBudgetException.TEXT;
            }
            if (error != null) {
                if (!ignoresErrors) {
                    out.add(new Finding(i, error, ""));
                }
            } else if (!Boolean.TRUE.equals(results[i].value())) {
                Validation validation = validations.get(i);
                AdmissionExpression.Result message = messages == null ? null : messages[i];
                out.add(new Finding(i, message(validation, message), validation.reason()));
            }
        }
        return out;
    }

    /** The message expression's value where it is fit to be shown, else the message, else the expression. */
    private static String message(Validation validation, AdmissionExpression.@Nullable Result evaluated) {
        if (evaluated != null && evaluated.value() instanceof String text) {
            String shown = text.strip();
            if (!shown.isEmpty() && GoText.byteLength(shown) <= MAX_MESSAGE && shown.indexOf('\n') < 0) {
                return shown;
            }
        }
        return validation.message().isEmpty()
                ? "failed expression: " + validation.expression().text().strip()
                : validation.message();
    }

    private void annotate(RequestVariables unasked, List<Fact> facts, List<String> errors) {
        if (annotations.isEmpty()) {
            return;
        }
        CelBudget budget = CelBudget.of(CelBudget.PER_OBJECT);
        Composition.Scope scope = composition.scope(unasked, budget);
        for (Annotation annotation : annotations) {
            AdmissionExpression.Result result = annotation.value().evaluate(scope, budget);
            String error = result.error();
            if (error != null) {
                if (!ignoresErrors) {
                    errors.add(error);
                }
            } else if (result.value() instanceof String text) {
                String value = text.strip();
                if (!value.isEmpty()) {
                    facts.add(new Fact(annotation.key(), value));
                }
            } else if (!(result.value() instanceof NullValue)) {
                errors.add("valueExpression '" + annotation.value().text() + "' resulted in unsupported return type. "
                        + "Return type must be either string or null.");
            }
        }
    }
}
