// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import java.util.List;

/** Several errors as one text. */
final class Aggregate {
    private Aggregate() {}

    /** A single one as it is, several in brackets, each text once. */
    static String of(List<String> messages) {
        List<String> once = messages.stream().distinct().toList();
        return once.size() == 1 ? once.get(0) : "[" + String.join(", ", once) + "]";
    }
}
