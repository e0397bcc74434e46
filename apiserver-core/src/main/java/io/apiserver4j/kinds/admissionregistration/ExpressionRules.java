// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Named expressions of webhooks and policies: their names, and that there is an expression at all. The expressions are not
 * compiled: whether they are CEL, and of the right type, is not checked here, since this library has no CEL engine yet.
 */
final class ExpressionRules {
    private static final int MAX_CONDITIONS = 64;
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private ExpressionRules() {}

    /** Conditions under which requests are looked at. */
    static void matchConditions(ArrayValue conditions, ValuePath path, FieldErrors errors) {
        if (conditions.size() > MAX_CONDITIONS) {
            errors.tooMany(path, conditions.size(), MAX_CONDITIONS);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            ObjectValue condition = conditions.objectAt(i);
            expression(condition, "expression", "", path.index(i), errors);
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

    /** Variables that later expressions use. */
    static void variables(ArrayValue variables, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < variables.size(); i++) {
            ObjectValue variable = variables.objectAt(i);
            String name = variable.stringOrEmpty("name");
            if (name.isBlank()) {
                errors.required(path.index(i).field("name"), "name is not specified");
            } else if (!IDENTIFIER.matcher(name).matches() || RESERVED.contains(name)) {
                errors.invalid(path.index(i).field("name"), name, "must be a valid CEL identifier");
            }
            expression(variable, "expression", "expression is not specified", path.index(i), errors);
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
