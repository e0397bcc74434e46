// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of a pod spec as a whole. */
public final class PodSpecRules {
    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");

    private PodSpecRules() {}

    /** Checks a spec at a path. */
    public static void validate(ObjectValue spec, ValuePath path, FieldErrors errors) {
        containers(spec.arrayOrEmpty("containers"), path.field("containers"), errors);
        String policy = spec.stringOrEmpty("restartPolicy");
        if (policy.isEmpty()) {
            errors.required(path.field("restartPolicy"), "");
        } else if (!RESTART_POLICIES.contains(policy)) {
            errors.notSupportedSorted(path.field("restartPolicy"), policy, RESTART_POLICIES);
        }
    }

    private static void containers(ArrayValue containers, ValuePath path, FieldErrors errors) {
        if (containers.isEmpty()) {
            errors.required(path, "");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            ObjectValue container = containers.objectAt(i);
            String name = container.stringOrEmpty("name");
            ValuePath at = path.index(i);
            if (name.isEmpty()) {
                errors.required(at.field("name"), "");
            } else {
                errors.invalidAll(at.field("name"), name, NameRules.dns1123Label(name));
            }
            if (container.stringOrEmpty("image").isEmpty()) {
                errors.required(at.field("image"), "");
            }
            if (!names.add(name)) {
                errors.duplicate(at.field("name"), name);
            }
        }
    }
}
