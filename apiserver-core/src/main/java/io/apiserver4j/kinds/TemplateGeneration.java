// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Objects;

/**
 * The count of a daemon set's templates. Kubernetes keeps it in a field that version 1 has no more and shows as an annotation;
 * the defaults see to it that the annotation is there and a number.
 */
public final class TemplateGeneration {
    /** The annotation. */
    public static final String ANNOTATION = "deprecated.daemonset.template.generation";

    private TemplateGeneration() {}

    /** A new daemon set: the count that the client chose, but at least 1. */
    public static ObjectValue onCreate(ObjectValue set) {
        return with(set, Math.max(1, of(set)));
    }

    /** A changed daemon set: the count of before, and one more where the template has changed. */
    public static ObjectValue onUpdate(ObjectValue updated, ObjectValue current) {
        Value template = updated.at("spec", "template");
        boolean changed = !Objects.equals(template, current.at("spec", "template"));
        return with(updated, of(current) + (changed ? 1 : 0));
    }

    /** The count of a daemon set, 0 where it has none. */
    public static long of(ObjectValue set) {
        String text = set.objectAt("metadata", "annotations").stringOrEmpty(ANNOTATION);
        return GoNumbers.isInt(text) ? GoNumbers.parseInt(text) : 0;
    }

    private static ObjectValue with(ObjectValue set, long count) {
        ObjectValue annotations = set.objectAt("metadata", "annotations");
        String text = Long.toString(count);
        if (text.equals(annotations.getString(ANNOTATION))) {
            return set;
        }
        ObjectValue counted = annotations.with(ANNOTATION, text).sorted();
        return set.update("metadata", metadata -> MetadataOrder.put(metadata, "annotations", counted));
    }
}
