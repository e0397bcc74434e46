// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Images are pulled anew for each pod, so that only those use them who may pull them. */
final class AlwaysPullImages implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "AlwaysPullImages";

    private static final String ALWAYS = "Always";
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    @Override
    public String name() {
        return NAME;
    }

    private static boolean concerns(AdmissionRequest request, ObjectValue pod) {
        ObjectValue old = request.oldObject();
        return PodRequests.writes(request)
                && (request.operation() == Operation.CREATE || old == null || hasNewImage(pod, old));
    }

    private static boolean hasNewImage(ObjectValue pod, ObjectValue old) {
        Set<String> known = new PodView(old)
                .allContainers().stream().map(ContainerView::image).collect(Collectors.toSet());
        return new PodView(pod).allContainers().stream().anyMatch(one -> !known.contains(one.image()));
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue pod = request.requireObject();
        if (!concerns(request, pod)) {
            return pod;
        }
        ObjectValue out = pod;
        for (String list : CONTAINERS) {
            out = changed(out, list, "imagePullPolicy");
        }
        return changed(out, "volumes", "image", "pullPolicy");
    }

    private static ObjectValue changed(ObjectValue pod, String list, String... place) {
        ArrayValue items = pod.objectOrEmpty("spec").arrayOrEmpty(list);
        ArrayValue out = items;
        for (int i = 0; i < items.size(); i++) {
            ObjectValue item = items.objectAt(i);
            boolean has = place.length == 1 || item.has(place[0]);
            Value known = item.at(place);
            if (has && (known == null || !ALWAYS.equals(known.asString()))) {
                out = out.with(i, item.withAt(Value.of(ALWAYS), place));
            }
        }
        return out == items ? pod : pod.withAt(out, "spec", list);
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue pod = request.object();
        if (pod == null || !concerns(request, pod)) {
            return;
        }
        FieldErrors errors = new FieldErrors();
        for (String list : CONTAINERS) {
            ArrayValue items = pod.objectOrEmpty("spec").arrayOrEmpty(list);
            for (int i = 0; i < items.size(); i++) {
                String policy = items.objectAt(i).stringOrEmpty("imagePullPolicy");
                if (!policy.equals(ALWAYS)) {
                    errors.notSupported(
                            ValuePath.of("spec", list).index(i).field("imagePullPolicy"), policy, List.of(ALWAYS));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw request.forbidden(errors.aggregate());
        }
    }
}
