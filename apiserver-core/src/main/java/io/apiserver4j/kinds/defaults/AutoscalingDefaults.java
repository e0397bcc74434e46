// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.kinds.Autoscalers;
import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The group autoscaling. */
final class AutoscalingDefaults {
    private static final long PERIOD_SECONDS = 15;
    private static final ObjectValue ALL = policy("Percent", 100);
    private static final ObjectValue UP = ObjectValue.builder()
            .put("stabilizationWindowSeconds", 0)
            .put("selectPolicy", "Max")
            .put("policies", ArrayValue.of(policy("Pods", 4), ALL))
            .build();
    private static final ObjectValue DOWN =
            ObjectValue.of("selectPolicy", Value.of("Max"), "policies", ArrayValue.of(ALL));

    private AutoscalingDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of(
                "api/autoscaling/v1.HorizontalPodAutoscaler", AutoscalingDefaults::first,
                "api/autoscaling/v2.HorizontalPodAutoscaler", AutoscalingDefaults::second);
    }

    private static ObjectValue policy(String type, long value) {
        return ObjectValue.builder()
                .put("type", type)
                .put("value", value)
                .put("periodSeconds", PERIOD_SECONDS)
                .build();
    }

    /** Version 1 is looked at as it comes back from version 2, with the metrics that are the default there. */
    private static ObjectValue first(ObjectValue autoscaler) {
        ObjectValue read = Autoscalers.fromV2(Autoscalers.toV2(autoscaler));
        return read.equals(autoscaler) ? autoscaler : read;
    }

    private static ObjectValue second(ObjectValue autoscaler) {
        return Fill.in(Autoscalers.withoutCarriers(autoscaler), "spec", spec -> {
            ObjectValue out = Fill.absent(spec, "metrics", Autoscalers.defaultMetrics());
            return Fill.in(out, "behavior", behavior -> {
                ObjectValue up = rules(behavior.getObject("scaleUp"), UP);
                ObjectValue down = rules(behavior.getObject("scaleDown"), DOWN);
                return Fill.set(Fill.set(behavior, "scaleUp", up), "scaleDown", down);
            });
        });
    }

    private static ObjectValue rules(@Nullable ObjectValue given, ObjectValue defaults) {
        ObjectValue out = given == null ? ObjectValue.EMPTY : given;
        for (ObjectValue.Member one : defaults) {
            out = Fill.absent(out, one.key(), one.value());
        }
        return out;
    }
}
