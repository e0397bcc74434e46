// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.PodResources;
import io.apiserver4j.view.PodView;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Namespaces say what their pods tolerate, and what they may tolerate. */
final class PodTolerationRestriction implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "PodTolerationRestriction";

    private static final String DEFAULTS = "scheduler.alpha.kubernetes.io/defaultTolerations";
    private static final String WHITELIST = "scheduler.alpha.kubernetes.io/tolerationsWhitelist";
    private static final ObjectValue MEMORY_PRESSURE = ObjectValue.builder()
            .put("key", "node.kubernetes.io/memory-pressure")
            .put("operator", "Exists")
            .put("effect", "NoSchedule")
            .build();

    private final NamespaceAnnotations annotations;
    private final TolerationRules rules;

    PodTolerationRestriction(LiveObjects objects, TolerationRules rules) {
        annotations = new NamespaceAnnotations(objects);
        this.rules = rules;
    }

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
        ArrayValue more = ArrayValue.EMPTY;
        if (request.operation() == Operation.CREATE) {
            ArrayValue own = said(request, DEFAULTS);
            more = own == null ? rules.byDefault() : own;
        }
        if (!PodResources.isBestEffort(new PodView(pod))) {
            more = more.plus(MEMORY_PRESSURE);
        }
        ObjectValue out = more.isEmpty()
                ? pod
                : Tolerations.in(
                        pod, Tolerations.merged(more, pod.objectOrEmpty("spec").arrayOrEmpty("tolerations")));
        check(request, out);
        return out;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue pod = request.object();
        if (pod != null && PodRequests.writes(request)) {
            check(request, pod);
        }
    }

    private void check(AdmissionRequest request, ObjectValue pod) {
        ArrayValue tolerations = pod.objectOrEmpty("spec").arrayOrEmpty("tolerations");
        if (tolerations.isEmpty()) {
            return;
        }
        ArrayValue own = said(request, WHITELIST);
        if (!Tolerations.allowed(tolerations, own == null ? rules.whitelist() : own)) {
            throw Status.plain("pod tolerations (possibly merged with namespace default tolerations) conflict with its "
                            + (own == null ? "cluster" : "namespace") + " whitelist")
                    .asException();
        }
    }

    /** The tolerations in an annotation of the namespace, or null where it has none. */
    private @Nullable ArrayValue said(AdmissionRequest request, String annotation) {
        String text = annotations.of(request.namespace()).getString(annotation);
        if (text == null || text.isEmpty()) {
            return text == null ? null : ArrayValue.EMPTY;
        }
        try {
            Value value = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
            ArrayValue list = value.asArray();
            return list == null ? ArrayValue.EMPTY : list;
        } catch (JsonSyntaxException e) {
            throw Status.plain(String.valueOf(e.getMessage())).asException();
        }
    }
}
