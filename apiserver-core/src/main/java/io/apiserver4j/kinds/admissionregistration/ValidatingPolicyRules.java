// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.kinds.Choice;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonPath;
import io.apiserver4j.value.JsonPathException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** ValidatingAdmissionPolicies: validations and audit annotations, at least one of them, and what type checking found. */
public final class ValidatingPolicyRules extends PolicyRules {
    private static final Choice REASONS = Choice.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final int MAX_ANNOTATIONS = 20;
    private static final int MAX_VALUE_EXPRESSION = 5 * 1024;

    @Override
    void body(ObjectValue object, ObjectValue spec, UnaryOperator<CelEnvironment> composed, FieldErrors errors) {
        boolean params = spec.getObject("paramKind") != null;
        ArrayValue validations = spec.arrayOrEmpty("validations");
        ArrayValue annotations = spec.arrayOrEmpty("auditAnnotations");
        if (validations.isEmpty() && annotations.isEmpty()) {
            for (String name : List.of("validations", "auditAnnotations")) {
                errors.required(SPEC.field(name), "validations or auditAnnotations must contain at least one item");
            }
        }
        for (int i = 0; i < validations.size(); i++) {
            validation(
                    validations.objectAt(i),
                    params,
                    composed,
                    SPEC.field("validations").index(i),
                    errors);
        }
        annotations(
                ObjectMeta.of(object).name(), annotations, params, composed, SPEC.field("auditAnnotations"), errors);
    }

    private static void validation(
            ObjectValue validation,
            boolean params,
            UnaryOperator<CelEnvironment> composed,
            ValuePath path,
            FieldErrors errors) {
        if (ExpressionRules.expression(validation, "expression", "expression is not specified", path, errors)) {
            ExpressionRules.compiled(
                    validation.stringOrEmpty("expression"),
                    composed.apply(AdmissionVariables.ofPolicy(params, true)),
                    path.field("expression"),
                    errors,
                    CelType.BOOL);
        }
        notBlank(validation, "messageExpression", path, errors);
        String messageExpression = validation.stringOrEmpty("messageExpression");
        if (!messageExpression.isBlank()) {
            ExpressionRules.compiled(
                    messageExpression,
                    composed.apply(AdmissionVariables.ofPolicy(params, false)),
                    path.field("messageExpression"),
                    errors,
                    CelType.STRING);
        }
        notBlank(validation, "message", path, errors);
        String message = validation.stringOrEmpty("message");
        String trimmed = message.strip();
        if (trimmed.indexOf('\n') >= 0 || trimmed.indexOf('\r') >= 0) {
            errors.invalid(path.field("message"), message, "must not contain line breaks");
        }
        REASONS.check(validation, "reason", path, errors);
    }

    private static void notBlank(ObjectValue holder, String name, ValuePath path, FieldErrors errors) {
        String text = holder.stringOrEmpty(name);
        if (!text.isEmpty() && text.isBlank()) {
            errors.invalid(path.field(name), text, "must be non-empty if specified");
        }
    }

    private static void annotations(
            String policy,
            ArrayValue annotations,
            boolean params,
            UnaryOperator<CelEnvironment> composed,
            ValuePath path,
            FieldErrors errors) {
        if (annotations.size() > MAX_ANNOTATIONS) {
            errors.invalidShown(
                    path,
                    InternalForm.shown("[]admissionregistration.AuditAnnotation", annotations),
                    "must not have more than " + MAX_ANNOTATIONS + " auditAnnotations");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < annotations.size(); i++) {
            ObjectValue annotation = annotations.objectAt(i);
            String key = annotation.stringOrEmpty("key");
            ValuePath at = path.index(i).field("key");
            if (policy.isEmpty()) {
                errors.invalid(at, key, "requires metadata.name be non-empty");
            } else {
                String whole = policy + "/" + key;
                errors.invalidAll(at, whole, NameRules.qualifiedName(whole));
            }
            boolean given = ExpressionRules.expression(
                    annotation, "valueExpression", "valueExpression is not specified", path.index(i), errors);
            String expression = annotation.stringOrEmpty("valueExpression").strip();
            if (given && GoText.byteLength(expression) > MAX_VALUE_EXPRESSION) {
                errors.required(
                        path.index(i).field("valueExpression"),
                        "must not exceed " + MAX_VALUE_EXPRESSION + " bytes in length");
            } else if (given) {
                ExpressionRules.compiled(
                        annotation.stringOrEmpty("valueExpression"),
                        composed.apply(AdmissionVariables.ofPolicy(params, true)),
                        path.index(i).field("valueExpression"),
                        errors,
                        CelType.STRING,
                        CelType.NULL);
            }
            if (!seen.add(key)) {
                errors.duplicate(at, key);
            }
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            super.validateUpdate(updated, current, context, errors);
            return;
        }
        ValuePath path = ValuePath.of("status");
        ObjectValue status = updated.objectOrEmpty("status");
        ArrayValue warnings = status.objectOrEmpty("typeChecking").arrayOrEmpty("expressionWarnings");
        for (int i = 0; i < warnings.size(); i++) {
            ValuePath at = path.fields("typeChecking", "expressionWarnings").index(i);
            if (warnings.objectAt(i).stringOrEmpty("warning").isEmpty()) {
                errors.required(at.field("warning"), "");
            }
            fieldReference(warnings.objectAt(i).stringOrEmpty("fieldRef").strip(), at.field("fieldRef"), errors);
        }
        EmbeddedRules.conditions(status.arrayOrEmpty("conditions"), path.field("conditions"), errors);
    }

    private static void fieldReference(String reference, ValuePath path, FieldErrors errors) {
        if (reference.isEmpty()) {
            errors.required(path, "");
            return;
        }
        try {
            JsonPath.parse("{" + reference + "}");
        } catch (JsonPathException e) {
            errors.invalid(path, reference, "invalid JSONPath: " + e.getMessage());
        }
    }
}
