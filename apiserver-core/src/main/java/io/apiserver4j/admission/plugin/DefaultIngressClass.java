// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** Ingresses that name no class get the default one. */
final class DefaultIngressClass implements MutatingPlugin {
    static final String NAME = "DefaultIngressClass";

    private static final String OLD_CLASS = "kubernetes.io/ingress.class";

    private final DefaultClass defaults;

    DefaultIngressClass(LiveObjects objects) {
        defaults = new DefaultClass(
                objects, "ingressclasses.networking.k8s.io", List.of("ingressclass.kubernetes.io/is-default-class"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue ingress = request.requireObject();
        if (request.operation() != AdmissionRequest.Operation.CREATE
                || !request.isFor("networking.k8s.io", "ingresses")
                || ingress.objectOrEmpty("spec").has("ingressClassName")
                || ObjectMeta.of(ingress).annotations().has(OLD_CLASS)) {
            return ingress;
        }
        String name = defaults.name();
        return name == null ? ingress : ingress.update("spec", spec -> spec.with("ingressClassName", name));
    }
}
