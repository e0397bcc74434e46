// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** Nodes begin as not ready, until something finds that they are. */
final class TaintNodesByCondition implements MutatingPlugin {
    static final String NAME = "TaintNodesByCondition";

    private static final String KEY = "node.kubernetes.io/not-ready";
    private static final String EFFECT = "NoSchedule";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue node = request.requireObject();
        if (request.operation() != AdmissionRequest.Operation.CREATE || !request.isFor("", "nodes")) {
            return node;
        }
        ArrayValue taints = node.objectOrEmpty("spec").arrayOrEmpty("taints");
        for (ObjectValue taint : taints.objects()) {
            if (taint.stringOrEmpty("key").equals(KEY)
                    && taint.stringOrEmpty("effect").equals(EFFECT)) {
                return node;
            }
        }
        ObjectValue taint = ObjectValue.of("key", Value.of(KEY), "effect", Value.of(EFFECT));
        return node.withAt(taints.plus(taint), "spec", "taints");
    }
}
