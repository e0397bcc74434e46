// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Labels and the structure of label selectors as text; for a selector as a query see {@code LabelSelector}. */
final class SelectorText {
    private static final String NONE = "<none>";

    private SelectorText() {}

    /** Labels in the order of their names, {@code a=b,c=d}; no labels are {@code <none>}. */
    static String labels(ObjectValue labels) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(labels.strings()).forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs.isEmpty() ? NONE : String.join(",", pairs);
    }

    /** A selector as the release writes its structure in logs; the parameter column of policy bindings shows it so. */
    static String structure(ObjectValue selector) {
        StringBuilder out = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
        for (Map.Entry<String, String> label :
                new TreeMap<>(selector.objectOrEmpty("matchLabels").strings()).entrySet()) {
            out.append(label.getKey()).append(": ").append(label.getValue()).append(',');
        }
        out.append("},MatchExpressions:[]LabelSelectorRequirement{");
        for (ObjectValue expression : selector.arrayOrEmpty("matchExpressions").objects()) {
            out.append("LabelSelectorRequirement{Key:")
                    .append(expression.stringOrEmpty("key"))
                    .append(",Operator:")
                    .append(expression.stringOrEmpty("operator"))
                    .append(",Values:[")
                    .append(String.join(" ", expression.arrayOrEmpty("values").strings()))
                    .append("],},");
        }
        return out.append("},}").toString();
    }
}
