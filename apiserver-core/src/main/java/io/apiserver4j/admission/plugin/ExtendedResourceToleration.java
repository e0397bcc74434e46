// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Pods that ask for a special resource tolerate the nodes that are kept for it. */
final class ExtendedResourceToleration implements MutatingPlugin {
    static final String NAME = "ExtendedResourceToleration";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue pod = request.requireObject();
        if (!PodRequests.writes(request)) {
            return pod;
        }
        PodView view = new PodView(pod);
        List<ContainerView> containers = new ArrayList<>(view.containers());
        containers.addAll(view.initContainers());
        Set<String> resources = new TreeSet<>();
        for (ContainerView container : containers) {
            for (ObjectValue.Member one : container.requests()) {
                if (isExtended(one.key())) {
                    resources.add(one.key());
                }
            }
        }
        ArrayValue tolerations = view.spec().arrayOrEmpty("tolerations");
        for (String resource : resources) {
            ObjectValue wanted = ObjectValue.builder()
                    .put("key", resource)
                    .put("operator", "Exists")
                    .put("effect", "NoSchedule")
                    .build();
            tolerations = with(tolerations, wanted);
        }
        return Tolerations.in(pod, tolerations);
    }

    private static boolean isExtended(String resource) {
        return resource.indexOf('/') >= 0 && !resource.contains("kubernetes.io/") && !resource.startsWith("requests.");
    }

    /** One that tolerates the same, but for some time, is replaced. */
    private static ArrayValue with(ArrayValue tolerations, ObjectValue wanted) {
        for (int i = 0; i < tolerations.size(); i++) {
            Value known = tolerations.objectAt(i).without("tolerationSeconds");
            if (known.equals(wanted)) {
                return tolerations.with(i, wanted);
            }
        }
        return tolerations.plus(wanted);
    }
}
