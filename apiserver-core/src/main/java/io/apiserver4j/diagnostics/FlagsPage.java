// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;
import java.util.TreeMap;

/** Answers /flagz: what the program was started with. */
public final class FlagsPage extends SelfReport {
    private final Map<String, String> flags;

    /** Tells of these values by the names of their flags; an embedder has none. */
    public FlagsPage(Map<String, String> flags) {
        super("Flagz");
        this.flags = new TreeMap<>(flags);
    }

    @Override
    void describe(ObjectEditor out) {
        if (!flags.isEmpty()) {
            out.put("flags", ObjectValue.ofStrings(flags));
        }
    }

    @Override
    void describe(StringBuilder out) {
        flags.forEach(
                (name, value) -> out.append(name).append(':').append(value).append('\n'));
    }
}
