// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Set;

/**
 * The rules of label selectors and conditions inside objects, with Kubernetes' texts (k8s.io/apimachinery
 * apis/meta/v1/validation).
 */
public final class EmbeddedRules {
    private static final Set<String> WITH_VALUES = Set.of("In", "NotIn");
    private static final Set<String> WITHOUT_VALUES = Set.of("Exists", "DoesNotExist");

    private EmbeddedRules() {}

    /** What a label selector may leave open. */
    public enum Leniency {
        /** Nothing. */
        NONE,
        /** Values of expressions that are no label values, which old objects may hold. */
        INVALID_VALUES,
        /** Operators that are not known, which reviews of access may hold. */
        UNKNOWN_OPERATORS
    }

    /** A label selector in object form: matchLabels and matchExpressions. */
    public static void labelSelector(ObjectValue selector, Leniency leniency, ValuePath path, FieldErrors errors) {
        MetadataRules.labels(selector.objectOrEmpty("matchLabels"), path.field("matchLabels"), errors);
        ArrayValue expressions = selector.arrayOrEmpty("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            expression(
                    expressions.objectAt(i),
                    leniency,
                    path.field("matchExpressions").index(i),
                    errors);
        }
    }

    private static void expression(ObjectValue expression, Leniency leniency, ValuePath path, FieldErrors errors) {
        List<String> values = expression.arrayOrEmpty("values").strings();
        operator(expression, values, leniency, path, errors);
        String key = expression.stringOrEmpty("key");
        errors.invalidAll(path.field("key"), key, NameRules.qualifiedName(key));
        for (int i = 0; i < values.size() && leniency != Leniency.INVALID_VALUES; i++) {
            errors.invalidAll(path.field("values").index(i), values.get(i), NameRules.labelValue(values.get(i)));
        }
    }

    private static void operator(
            ObjectValue expression, List<String> values, Leniency leniency, ValuePath path, FieldErrors errors) {
        String operator = expression.stringOrEmpty("operator");
        if (WITH_VALUES.contains(operator)) {
            if (values.isEmpty()) {
                errors.required(path.field("values"), "must be specified when `operator` is 'In' or 'NotIn'");
            }
        } else if (WITHOUT_VALUES.contains(operator)) {
            if (!values.isEmpty()) {
                errors.forbidden(
                        path.field("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
            }
        } else if (leniency != Leniency.UNKNOWN_OPERATORS) {
            errors.invalidShown(path.field("operator"), FieldErrors.json(operator), "not a valid selector operator");
        }
    }

    /** True where an expression holds a value that is no label value. */
    public static boolean hasInvalidValues(ObjectValue selector) {
        for (ObjectValue expression : selector.arrayOrEmpty("matchExpressions").objects()) {
            for (String value : expression.arrayOrEmpty("values").strings()) {
                if (!NameRules.isLabelValue(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One requirement of a field selector in object form, as reviews of access carry it. */
    public static void fieldRequirement(
            ObjectValue requirement, Leniency leniency, ValuePath path, FieldErrors errors) {
        if (requirement.stringOrEmpty("key").isEmpty()) {
            errors.required(path.field("key"), "must be specified");
        }
        operator(requirement, requirement.arrayOrEmpty("values").strings(), leniency, path, errors);
    }

    /** Conditions of a status: complete, each type once. */
    public static void conditions(ArrayValue conditions, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < conditions.size(); i++) {
            String type = conditions.objectAt(i).stringOrEmpty("type");
            for (int before = 0; before < i; before++) {
                if (conditions.objectAt(before).stringOrEmpty("type").equals(type)) {
                    errors.duplicate(path.index(i), type);
                    break;
                }
            }
            condition(conditions.objectAt(i), path.index(i), errors);
        }
    }

    private static void condition(ObjectValue condition, ValuePath path, FieldErrors errors) {
        String type = condition.stringOrEmpty("type");
        if (type.isEmpty()) {
            errors.required(path.field("type"), "is required");
        } else {
            errors.invalidAll(path.field("type"), type, NameRules.qualifiedName(type));
        }
        String status = condition.stringOrEmpty("status");
        if (status.isEmpty()) {
            errors.required(path.field("status"), "");
        } else if (!status.equals("True") && !status.equals("False") && !status.equals("Unknown")) {
            errors.notSupportedShown(
                    path.field("status"), FieldErrors.json(status), List.of("False", "True", "Unknown"));
        }
        long generation = condition.longOr("observedGeneration", 0);
        if (generation < 0) {
            errors.invalid(path.field("observedGeneration"), generation, "must be greater than or equal to zero");
        }
        if (condition.stringOrEmpty("lastTransitionTime").isEmpty()) {
            errors.required(path.field("lastTransitionTime"), "");
        }
        String reason = condition.stringOrEmpty("reason");
        if (reason.isEmpty()) {
            errors.required(path.field("reason"), "");
        } else {
            errors.invalidAll(path.field("reason"), reason, NameRules.conditionReason(reason));
            if (GoText.byteLength(reason) > 1024) {
                errors.tooLong(path.field("reason"), 1024);
            }
        }
        if (GoText.byteLength(condition.stringOrEmpty("message")) > 32 * 1024) {
            errors.tooLong(path.field("message"), 32 * 1024);
        }
    }
}
