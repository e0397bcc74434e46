// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.authz.Selection;
import io.apiserver4j.authz.Selection.Requirement;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What reviews say of selectors: as text, or taken apart. What can't be understood says nothing, which only asks for more. */
final class Selectors {
    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");

    private Selectors() {}

    /** The selection of resource attributes. */
    static Selection of(ObjectValue attributes) {
        ObjectValue fields = attributes.objectOrEmpty("fieldSelector");
        ObjectValue labels = attributes.objectOrEmpty("labelSelector");
        if (fields.isEmpty() && labels.isEmpty()) {
            return Selection.NONE;
        }
        String rawFields = fields.stringOrEmpty("rawSelector");
        String rawLabels = labels.stringOrEmpty("rawSelector");
        return new Selection(
                rawFields.isEmpty() ? requirements(fields) : Selection.ofFields(rawFields),
                rawLabels.isEmpty() ? requirements(labels) : Selection.ofLabels(rawLabels));
    }

    private static List<Requirement> requirements(ObjectValue selector) {
        List<Requirement> out = new ArrayList<>();
        for (ObjectValue one : selector.arrayOrEmpty("requirements").objects()) {
            if (OPERATORS.contains(one.stringOrEmpty("operator"))) {
                out.add(new Requirement(
                        one.stringOrEmpty("key"),
                        one.stringOrEmpty("operator"),
                        one.arrayOrEmpty("values").strings()));
            }
        }
        return out;
    }
}
