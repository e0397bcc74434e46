// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.value.ObjectValue;

/** Pods keep others away from their node at the most, not from a whole zone. */
final class LimitPodHardAntiAffinityTopology implements ValidatingPlugin {
    static final String NAME = "LimitPodHardAntiAffinityTopology";

    private static final String HOSTNAME = "kubernetes.io/hostname";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue pod = request.object();
        if (pod == null || !PodRequests.writes(request)) {
            return;
        }
        for (ObjectValue term : pod.objectAt("spec", "affinity", "podAntiAffinity")
                .arrayOrEmpty("requiredDuringSchedulingIgnoredDuringExecution")
                .objects()) {
            String key = term.stringOrEmpty("topologyKey");
            if (!key.equals(HOSTNAME)) {
                throw PodRequests.forbidden(
                        pod,
                        "affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey " + key + " but only key "
                                + HOSTNAME + " is allowed");
            }
        }
    }
}
