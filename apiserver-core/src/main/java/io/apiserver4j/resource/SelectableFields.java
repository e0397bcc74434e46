// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of a kind that field selectors may name, besides {@code metadata.name} and {@code metadata.namespace}.
 *
 * @param readers by label, how the value is read from the stored tree; a missing value reads as the empty text
 * @param refusal the words that refuse other labels, with {@code %s} for the label or {@code %q} for it in quotes; empty for
 *     those of kinds that do not name their fields themselves
 */
public record SelectableFields(Map<String, Function<ObjectValue, String>> readers, String refusal) {
    /** The words of most kinds that name their fields. */
    public static final String REFUSAL = "field label not supported: %s";

    /** No further fields. */
    public static final SelectableFields NONE = new SelectableFields(Map.of(), "");

    /** The labels, sorted. */
    public List<String> labels() {
        return readers.keySet().stream().sorted().toList();
    }

    /** A reader of a text member at a chain of names; other types are read as their JSON text. */
    public static Function<ObjectValue, String> path(String... path) {
        return object -> {
            var value = object.at(path);
            if (value == null) {
                return "";
            }
            String text = value.asString();
            return text != null ? text : value.toString();
        };
    }
}
