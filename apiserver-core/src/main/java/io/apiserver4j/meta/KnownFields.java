// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields that a configuration document may have; what is misspelt there must not be passed over. Immutable. */
public final class KnownFields {
    private final Set<String> leaves = new HashSet<>();
    private final Set<String> inner = new HashSet<>();

    private KnownFields() {}

    /** Fields by their paths, {@code authorizers[].webhook.timeout}; whatever is below of what is named is known too. */
    public static KnownFields of(String... paths) {
        KnownFields out = new KnownFields();
        for (String path : paths) {
            out.leaves.add(path);
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                out.inner.add(path.substring(0, dot));
            }
        }
        return out;
    }

    /** What strict decoding says of a document; empty where all is known. */
    public String unknown(ObjectValue document) {
        List<String> found = new ArrayList<>();
        walk(document, "", "", found);
        return found.isEmpty()
                ? ""
                : found.stream()
                        .map(path -> "unknown field " + GoText.quote(path))
                        .collect(Collectors.joining(", ", "strict decoding error: ", ""));
    }

    private void walk(ObjectValue object, String path, String shown, List<String> found) {
        for (ObjectValue.Member member : object) {
            String below = path.isEmpty() ? member.key() : path + "." + member.key();
            String told = shown.isEmpty() ? member.key() : shown + "." + member.key();
            Value value = member.value();
            ArrayValue array = value.asArray();
            ObjectValue nested = value.asObject();
            if (leaves.contains(below)) {
                continue;
            }
            if (array != null && inner.contains(below + "[]")) {
                for (int i = 0; i < array.size(); i++) {
                    ObjectValue item = array.get(i).asObject();
                    if (item != null) {
                        walk(item, below + "[]", told + "[" + i + "]", found);
                    }
                }
            } else if (nested != null && inner.contains(below)) {
                walk(nested, below, told, found);
            } else if (!inner.contains(below) && !inner.contains(below + "[]")) {
                found.add(told);
            }
        }
    }
}
