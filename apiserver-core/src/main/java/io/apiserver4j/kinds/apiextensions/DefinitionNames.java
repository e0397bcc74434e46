// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Locale;

/** The group, the scope and the names of a defined resource. */
final class DefinitionNames {
    private static final Choice SCOPES = new Choice(List.of("Cluster", "Namespaced"));

    private DefinitionNames() {}

    static void group(String group, ValuePath path, FieldErrors errors) {
        List<String> problems = NameRules.dns1123Subdomain(group);
        if (group.isEmpty()) {
            errors.required(path, "");
        } else if (!problems.isEmpty()) {
            errors.invalid(path, group, String.join(",", problems));
        } else if (group.indexOf('.') < 0) {
            errors.invalid(path, group, "should be a domain with at least one dot");
        }
    }

    static void scope(String scope, ValuePath path, FieldErrors errors) {
        if (scope.isEmpty()) {
            errors.required(path, "");
        } else {
            SCOPES.check(scope, path, errors);
        }
    }

    static void required(ObjectValue names, ValuePath path, FieldErrors errors) {
        for (String name : List.of("plural", "singular", "kind", "listKind")) {
            if (names.stringOrEmpty(name).isEmpty()) {
                errors.required(path.field(name), "");
            }
        }
    }

    /** Checks the names that are there, of a spec or accepted ones. */
    static void check(ObjectValue names, ValuePath path, FieldErrors errors) {
        for (String name : List.of("plural", "singular")) {
            label(names.stringOrEmpty(name), path.field(name), errors);
        }
        for (String name : List.of("kind", "listKind")) {
            String text = names.stringOrEmpty(name);
            List<String> problems = NameRules.dns1035Label(text.toLowerCase(Locale.ROOT));
            if (!text.isEmpty() && !problems.isEmpty()) {
                errors.invalid(
                        path.field(name),
                        text,
                        "may have mixed case, but should otherwise match: " + String.join(",", problems));
            }
        }
        labels(names, "shortNames", path, errors);
        String kind = names.stringOrEmpty("kind");
        if (!kind.isEmpty() && kind.equals(names.stringOrEmpty("listKind"))) {
            errors.invalid(path.field("listKind"), kind, "kind and listKind may not be the same");
        }
        labels(names, "categories", path, errors);
    }

    private static void label(String text, ValuePath path, FieldErrors errors) {
        List<String> problems = NameRules.dns1035Label(text);
        if (!text.isEmpty() && !problems.isEmpty()) {
            errors.invalid(path, text, String.join(",", problems));
        }
    }

    private static void labels(ObjectValue names, String field, ValuePath path, FieldErrors errors) {
        List<String> texts = names.arrayOrEmpty(field).strings();
        for (int i = 0; i < texts.size(); i++) {
            List<String> problems = NameRules.dns1035Label(texts.get(i));
            if (!problems.isEmpty()) {
                errors.invalid(path.field(field).index(i), texts.get(i), String.join(",", problems));
            }
        }
    }
}
