// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which objects a quota counts.
 *
 * @param scope what is looked at
 * @param operator Exists, DoesNotExist, In or NotIn
 */
record Scope(String scope, String operator, List<String> values) {
    /** What a quota's spec asks for: all of these must match. */
    static List<Scope> of(ObjectValue spec) {
        List<Scope> out = new ArrayList<>();
        for (String name : spec.arrayOrEmpty("scopes").strings()) {
            out.add(new Scope(name, "Exists", List.of()));
        }
        spec.objectOrEmpty("scopeSelector")
                .arrayOrEmpty("matchExpressions")
                .objects()
                .forEach(one -> out.add(requirement(one)));
        return out;
    }

    /** One requirement as it is written. */
    static Scope requirement(ObjectValue requirement) {
        return new Scope(
                requirement.stringOrEmpty("scopeName"),
                requirement.stringOrEmpty("operator"),
                requirement.arrayOrEmpty("values").strings());
    }

    /** True where the operator holds for what an object has; several where any of them will do. */
    boolean matches(Collection<String> had) {
        return switch (operator) {
            case "Exists" -> !had.isEmpty();
            case "DoesNotExist" -> had.isEmpty();
            case "In" -> had.stream().anyMatch(values::contains);
            case "NotIn" -> had.isEmpty() || had.stream().anyMatch(one -> !values.contains(one));
            default -> false;
        };
    }

    /** As Go prints it. */
    @Override
    public String toString() {
        return "{" + scope + " " + operator + " [" + String.join(" ", values) + "]}";
    }
}
