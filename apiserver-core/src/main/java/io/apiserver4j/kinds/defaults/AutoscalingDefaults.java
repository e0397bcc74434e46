// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.kinds.AutoscalerBehavior;
import io.apiserver4j.kinds.Autoscalers;
import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;

/** The group autoscaling. */
final class AutoscalingDefaults {
    private AutoscalingDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of(
                "api/autoscaling/v1.HorizontalPodAutoscaler", AutoscalingDefaults::first,
                "api/autoscaling/v2.HorizontalPodAutoscaler", AutoscalingDefaults::second);
    }

    /** Version 1 is looked at as it comes back from version 2, with the metrics that are the default there. */
    private static ObjectValue first(ObjectValue autoscaler) {
        ObjectValue read = Autoscalers.fromV2(Autoscalers.toV2(autoscaler));
        return read.equals(autoscaler) ? autoscaler : read;
    }

    private static ObjectValue second(ObjectValue autoscaler) {
        return Fill.in(Autoscalers.withoutCarriers(autoscaler), "spec", spec -> {
            ObjectValue out = Fill.absent(spec, "metrics", Autoscalers.defaultMetrics());
            return Fill.in(out, "behavior", AutoscalerBehavior::filled);
        });
    }
}
