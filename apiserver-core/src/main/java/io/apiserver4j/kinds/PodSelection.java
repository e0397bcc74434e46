// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What workloads that make pods have in common: a selector, the labels of a template, and a name that pods' names begin with. */
public final class PodSelection {
    private PodSelection() {}

    /** The selector of a spec, or null where it cannot be read; that is said elsewhere. */
    public static @Nullable LabelSelector selector(ObjectValue spec) {
        try {
            return LabelSelector.ofObject(spec.getObject("selector"));
        } catch (ApiException e) {
            return null;
        }
    }

    /** Says that a selector does not select what the template of the same spec makes. */
    public static void matchesTemplate(LabelSelector selector, ObjectValue spec, ValuePath path, FieldErrors errors) {
        ObjectValue labels = spec.objectAt("template", "metadata", "labels");
        if (!selector.matches(labels)) {
            errors.invalidShown(
                    path.fields("template", "metadata", "labels"),
                    labels.isEmpty() ? "null" : labels.toString(),
                    "`selector` does not match template `labels`");
        }
    }

    /** True for a selector that is there but asks for nothing. */
    public static boolean isEmpty(ObjectValue selector) {
        return selector.objectOrEmpty("matchLabels").isEmpty()
                && selector.arrayOrEmpty("matchExpressions").isEmpty();
    }

    /** An object with the pod template at a path as it is kept; the one of before keeps what it has. */
    public static ObjectValue prepared(ObjectValue object, @Nullable ObjectValue current, String... path) {
        Value template = object.at(path);
        if (template == null || template.asObject() == null) {
            return object;
        }
        ObjectValue before = current == null ? null : current.objectAt(path);
        ObjectValue kept = PodTemplateRules.prepared(object.objectAt(path), before);
        return kept == template ? object : object.withAt(kept, path);
    }

    /** The warning that a name is no label, which pods' host names are made of; empty where it is one. */
    public static List<String> nameWarnings(ObjectValue object) {
        List<String> problems = NameRules.dns1123Label(ObjectMeta.of(object).name());
        return problems.isEmpty()
                ? List.of()
                : List.of(
                        "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS"
                                + " label is recommended: [" + String.join(" ", problems) + "]");
    }
}
