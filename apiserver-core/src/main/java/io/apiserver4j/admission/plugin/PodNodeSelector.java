// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import java.util.TreeMap;

/** Namespaces say on which nodes their pods run. */
final class PodNodeSelector implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "PodNodeSelector";

    private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/node-selector";

    private final NamespaceAnnotations annotations;
    private final NodeSelectors settings;

    PodNodeSelector(LiveObjects objects, NodeSelectors settings) {
        annotations = new NamespaceAnnotations(objects);
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue pod = request.requireObject();
        if (!PodRequests.creates(request)) {
            return pod;
        }
        Map<String, String> wanted = wanted(request);
        ObjectValue given = selectorOf(pod);
        checkConflict(pod, wanted);
        ObjectValue merged = given;
        for (Map.Entry<String, String> one : wanted.entrySet()) {
            merged = merged.with(one.getKey(), one.getValue());
        }
        ObjectValue out = merged == given ? pod : pod.withAt(merged.sorted(), "spec", "nodeSelector");
        checkAllowed(request, out);
        return out;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue pod = request.object();
        if (pod != null && PodRequests.creates(request)) {
            checkConflict(pod, wanted(request));
            checkAllowed(request, pod);
        }
    }

    private static ObjectValue selectorOf(ObjectValue pod) {
        return pod.objectOrEmpty("spec").objectOrEmpty("nodeSelector");
    }

    private Map<String, String> wanted(AdmissionRequest request) {
        String own = annotations.of(request.namespace()).getString(ANNOTATION);
        return parsed(own != null ? own : settings.byDefault());
    }

    private static void checkConflict(ObjectValue pod, Map<String, String> wanted) {
        ObjectValue given = selectorOf(pod);
        wanted.forEach((key, value) -> {
            Value own = given.get(key);
            if (own != null && !value.equals(own.asString())) {
                throw PodRequests.forbidden(
                        pod, "pod node label selector conflicts with its namespace node label selector");
            }
        });
    }

    private void checkAllowed(AdmissionRequest request, ObjectValue pod) {
        Map<String, String> allowed = parsed(settings.allowed().getOrDefault(request.namespace(), ""));
        if (!allowed.isEmpty()
                && !allowed.entrySet().containsAll(selectorOf(pod).strings().entrySet())) {
            throw PodRequests.forbidden(pod, "pod node label selector labels conflict with its namespace whitelist");
        }
    }

    private static Map<String, String> parsed(String selector) {
        Map<String, String> out = new TreeMap<>();
        if (selector.isEmpty()) {
            return out;
        }
        for (String label : selector.split(",", -1)) {
            String[] parts = label.split("=", -1);
            if (parts.length != 2) {
                throw Status.plain("invalid selector: " + label).asException();
            }
            out.put(parts[0].strip(), parts[1].strip());
        }
        return out;
    }
}
