// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** Which changes of a pod are looked at: other images, and containers that came. */
final class PodChange {
    private PodChange() {}

    static boolean matters(ObjectValue pod, ObjectValue old) {
        for (String list : List.of("containers", "initContainers")) {
            ArrayValue now = PodSecurity.containers(pod, list);
            ArrayValue before = PodSecurity.containers(old, list);
            if (now.size() != before.size()) {
                return true;
            }
            for (int i = 0; i < now.size(); i++) {
                if (hasOtherImage(now.objectAt(i), before.objectAt(i))) {
                    return true;
                }
            }
        }
        List<ObjectValue> before =
                PodSecurity.containers(old, "ephemeralContainers").objects();
        return PodSecurity.containers(pod, "ephemeralContainers").objects().stream()
                .anyMatch(one -> before.stream()
                        .filter(other -> other.stringOrEmpty("name").equals(one.stringOrEmpty("name")))
                        .findFirst()
                        .map(other -> hasOtherImage(one, other))
                        .orElse(true));
    }

    private static boolean hasOtherImage(ObjectValue container, ObjectValue old) {
        return !container.stringOrEmpty("image").equals(old.stringOrEmpty("image"));
    }
}
