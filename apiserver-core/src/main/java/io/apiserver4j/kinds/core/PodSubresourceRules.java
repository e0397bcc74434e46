// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.AnnotationRules;
import io.apiserver4j.kinds.pod.PodSpecRules;
import io.apiserver4j.kinds.pod.SpecDiff;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashMap;
import java.util.Map;

/** Containers that are put into a pod later: they may come, but neither change nor go. */
final class PodSubresourceRules {
    private PodSubresourceRules() {}

    static void ephemeralContainers(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        if (current.objectAt("metadata", "annotations").has(AnnotationRules.MIRROR)) {
            errors.forbidden(ValuePath.of(""), "static pods do not support ephemeral containers");
            return;
        }
        PodSpecRules.checkPod(updated, current, errors);
        PodUpdateRules.annotations(updated, current, errors);
        ValuePath path = ValuePath.of("spec", "ephemeralContainers");
        Map<String, ObjectValue> now = new HashMap<>();
        for (ObjectValue container : updated.objectOrEmpty("spec")
                .arrayOrEmpty("ephemeralContainers")
                .objects()) {
            now.put(container.stringOrEmpty("name"), container);
        }
        for (ObjectValue old : current.objectOrEmpty("spec")
                .arrayOrEmpty("ephemeralContainers")
                .objects()) {
            String name = old.stringOrEmpty("name");
            ObjectValue container = now.get(name);
            if (container == null) {
                errors.forbidden(path, "existing ephemeral containers " + GoText.quote(name) + " may not be removed\n");
            } else if (!container.equals(old)) {
                errors.forbidden(
                        path,
                        "existing ephemeral containers " + GoText.quote(name) + " may not be changed\n"
                                + SpecDiff.of("core.EphemeralContainer", old, container));
            }
        }
    }
}
