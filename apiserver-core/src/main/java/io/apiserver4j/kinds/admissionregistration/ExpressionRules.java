// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.admission.expression.AdmissionExpression;
import io.apiserver4j.admission.expression.Composition;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.cel.FieldNames;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Named expressions of webhooks and policies: their names, that there is an expression at all, and that it can be compiled to
 * the type that is needed. Nothing of CEL is loaded where no expression is given.
 */
final class ExpressionRules {
    private static final int MAX_CONDITIONS = 64;
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    private ExpressionRules() {}

    /** Conditions under which requests are looked at. */
    static void matchConditions(
            ArrayValue conditions, Supplier<CelEnvironment> environment, ValuePath path, FieldErrors errors) {
        if (conditions.size() > MAX_CONDITIONS) {
            errors.tooMany(path, conditions.size(), MAX_CONDITIONS);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            ObjectValue condition = conditions.objectAt(i);
            if (expression(condition, "expression", "", path.index(i), errors)) {
                String text = condition.stringOrEmpty("expression").strip();
                compiled(text, environment.get(), path.index(i).field("expression"), errors, CelType.BOOL);
            }
            String name = condition.stringOrEmpty("name");
            ValuePath at = path.index(i).field("name");
            if (name.isEmpty()) {
                errors.required(at, "");
                continue;
            }
            errors.invalidAll(at, name, NameRules.qualifiedName(name));
            if (!seen.add(name)) {
                errors.duplicate(at, name);
            }
        }
    }

    /** Variables that later expressions use; gives what they make of an environment. */
    static UnaryOperator<CelEnvironment> variables(
            ArrayValue variables, Supplier<CelEnvironment> environment, ValuePath path, FieldErrors errors) {
        if (variables.isEmpty()) {
            return same -> same;
        }
        Composition all = Composition.compile(variables.objects(), environment.get());
        Map<String, AdmissionExpression> byText = new HashMap<>();
        all.expressions().forEach(one -> byText.put(one.text(), one));
        for (int i = 0; i < variables.size(); i++) {
            ObjectValue variable = variables.objectAt(i);
            String name = variable.stringOrEmpty("name");
            if (name.isBlank()) {
                errors.required(path.index(i).field("name"), "name is not specified");
            } else if (!IDENTIFIER.matcher(name).matches() || FieldNames.isReserved(name)) {
                errors.invalid(path.index(i).field("name"), name, "must be a valid CEL identifier");
            }
            if (expression(variable, "expression", "expression is not specified", path.index(i), errors)) {
                String text = variable.stringOrEmpty("expression");
                AdmissionExpression one = byText.get(text);
                if (one != null && one.error() != null) {
                    errors.invalid(path.index(i).field("expression"), text, one.error());
                }
            }
        }
        return all::in;
    }

    /** Checks that an expression compiles to one of these types. */
    static void compiled(
            String text, CelEnvironment environment, ValuePath path, FieldErrors errors, CelType... results) {
        String error = AdmissionExpression.compile(environment, text, results).error();
        if (error != null) {
            errors.invalid(path, text, error);
        }
    }

    /** An expression that has to be there; true where it is. */
    static boolean expression(ObjectValue holder, String name, String whenMissing, ValuePath path, FieldErrors errors) {
        if (holder.stringOrEmpty(name).isBlank()) {
            errors.required(path.field(name), whenMissing);
            return false;
        }
        return true;
    }
}
