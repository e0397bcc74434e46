// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.value.ObjectValue;

/** Horizontal pod autoscalers of autoscaling/v1, which are stored as v2. */
final class Autoscalers {
    private Autoscalers() {}

    static ObjectValue toV2(ObjectValue autoscaler) {
        return autoscaler.with("apiVersion", "autoscaling/v2");
    }

    static ObjectValue fromV2(ObjectValue autoscaler) {
        return autoscaler.with("apiVersion", "autoscaling/v1");
    }
}
