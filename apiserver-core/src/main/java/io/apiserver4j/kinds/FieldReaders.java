// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.resource.SelectableFields;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;
import java.util.function.Function;

/**
 * How selectable fields are read from stored trees. Most labels are paths; some name a field of another version, or read a
 * missing value as the zero of its type.
 */
final class FieldReaders {
    private static final Map<String, Function<ObjectValue, String>> SPECIAL = Map.of(
            "spec.unschedulable", boolAt("spec", "unschedulable"),
            "spec.hostNetwork", boolAt("spec", "hostNetwork"),
            "status.replicas", numberAt("status", "replicas"),
            "status.successful", numberAt("status", "succeeded"),
            "source", FieldReaders::eventSource,
            "reportingController", SelectableFields.path("reportingComponent"));

    private FieldReaders() {}

    /** The reader of a label. */
    static Function<ObjectValue, String> of(String label) {
        Function<ObjectValue, String> special = SPECIAL.get(label);
        if (special != null) {
            return special;
        }
        // events of the newer group are stored as those of the core
        String path = label.startsWith("regarding.") ? "involvedObject." + label.substring(10) : label;
        return SelectableFields.path(path.split("\\."));
    }

    private static Function<ObjectValue, String> boolAt(String... path) {
        Function<ObjectValue, String> text = SelectableFields.path(path);
        return object -> text.apply(object).equals("true") ? "true" : "false";
    }

    private static Function<ObjectValue, String> numberAt(String... path) {
        Function<ObjectValue, String> text = SelectableFields.path(path);
        return object -> {
            String shown = text.apply(object);
            return shown.isEmpty() ? "0" : shown;
        };
    }

    private static String eventSource(ObjectValue event) {
        String source = event.objectOrEmpty("source").stringOrEmpty("component");
        return source.isEmpty() ? event.stringOrEmpty("reportingComponent") : source;
    }
}
