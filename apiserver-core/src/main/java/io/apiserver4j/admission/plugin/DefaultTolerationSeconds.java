// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;

/** Pods stay for a while on a node that is not ready or cannot be reached, unless they say otherwise. */
final class DefaultTolerationSeconds implements MutatingPlugin {
    static final String NAME = "DefaultTolerationSeconds";

    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final String NO_EXECUTE = "NoExecute";

    private final ObjectValue notReady;
    private final ObjectValue unreachable;

    DefaultTolerationSeconds(long notReadySeconds, long unreachableSeconds) {
        notReady = toleration(NOT_READY, notReadySeconds);
        unreachable = toleration(UNREACHABLE, unreachableSeconds);
    }

    private static ObjectValue toleration(String key, long seconds) {
        return ObjectValue.builder()
                .put("key", key)
                .put("operator", "Exists")
                .put("effect", NO_EXECUTE)
                .put("tolerationSeconds", seconds)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue pod = request.requireObject();
        if (!request.isFor("", "pods")) {
            return pod;
        }
        ArrayValue given = pod.objectOrEmpty("spec").arrayOrEmpty("tolerations");
        ArrayValue all = given;
        all = tolerates(given, NOT_READY) ? all : all.plus(notReady);
        all = tolerates(given, UNREACHABLE) ? all : all.plus(unreachable);
        return all == given ? pod : pod.withAt(all, "spec", "tolerations");
    }

    private static boolean tolerates(ArrayValue tolerations, String taint) {
        for (ObjectValue toleration : tolerations.objects()) {
            String key = toleration.stringOrEmpty("key");
            String effect = toleration.stringOrEmpty("effect");
            if ((key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals(NO_EXECUTE))) {
                return true;
            }
        }
        return false;
    }
}
