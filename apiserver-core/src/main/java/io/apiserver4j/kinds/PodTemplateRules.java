// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.kinds.pod.GatedFields;
import io.apiserver4j.kinds.pod.PodSpecRules;
import io.apiserver4j.kinds.pod.PodWarnings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of pod templates (PodTemplateSpec), for all kinds that hold one. What a kind asks of its template beyond
 * them (labels that its selector matches, a restart policy, no deadline) is that kind's own.
 */
public final class PodTemplateRules {
    private PodTemplateRules() {}

    /**
     * Checks a template (with metadata and spec).
     *
     * @param old the template that the object held before, which may hold on to values that new ones may not have; null
     *     on creation
     * @param path the template's address, mostly {@code spec.template}
     */
    public static void validate(ObjectValue template, @Nullable ObjectValue old, ValuePath path, FieldErrors errors) {
        PodSpecRules.checkTemplate(template, old, path, errors);
    }

    /**
     * The warnings that a template brings.
     *
     * @param old the template of before; null on creation. No warning depends on it today
     */
    public static List<String> warnings(ObjectValue template, @Nullable ObjectValue old, ValuePath path) {
        return PodWarnings.ofTemplate(template, path);
    }

    /**
     * A template as it is kept: without the fields of features that are off. To be called by the preparation of every
     * kind that has a template, on creation and on change.
     *
     * @param old the template of before, which keeps what it has; null on creation
     */
    public static ObjectValue prepared(ObjectValue template, @Nullable ObjectValue old) {
        ObjectValue spec = template.objectOrEmpty("spec");
        ObjectValue kept = GatedFields.dropped(spec, old == null ? null : old.getObject("spec"));
        ObjectValue annotations = template.objectAt("metadata", "annotations");
        ObjectValue keptAnnotations = GatedFields.droppedAnnotations(annotations);
        ObjectValue out = kept == spec ? template : template.with("spec", kept);
        return keptAnnotations.size() == annotations.size()
                ? out
                : out.update("metadata", metadata -> metadata.with("annotations", keptAnnotations));
    }
}
