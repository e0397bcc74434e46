// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** Conditions of pods that the server itself sets. */
final class PodConditions {
    private PodConditions() {}

    /**
     * A pod's status with a condition; the time stays where the status of the condition did.
     *
     * @param now the time that is written where it changed
     */
    static ObjectValue put(ObjectValue status, String type, String value, String reason, String message, String now) {
        ArrayValue conditions = status.arrayOrEmpty("conditions");
        int at = -1;
        Value since = Value.of(now);
        for (int i = 0; i < conditions.size(); i++) {
            ObjectValue one = conditions.objectAt(i);
            if (one.stringOrEmpty("type").equals(type)) {
                at = i;
                Value before = one.get("lastTransitionTime");
                since = one.stringOrEmpty("status").equals(value) && before != null ? before : since;
                break;
            }
        }
        ObjectEditor condition = ObjectValue.builder()
                .put("type", type)
                .put("status", value)
                .put("lastProbeTime", Value.nul())
                .put("lastTransitionTime", since);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        ObjectValue made = condition.build();
        return status.with("conditions", at < 0 ? conditions.plus(made) : conditions.with(at, made));
    }
}
