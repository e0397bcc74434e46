// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The group autoscaling. Version 1 has constants only: what it cannot say is filled when it becomes version 2. */
public final class AutoscalingDefaults {
    /** The annotations in which version 1 carries what it has no fields for; no other version keeps them. */
    private static final List<String> CARRIERS = List.of(
            "autoscaling.alpha.kubernetes.io/metrics",
            "autoscaling.alpha.kubernetes.io/behavior",
            "autoscaling.alpha.kubernetes.io/scale-down-tolerance",
            "autoscaling.alpha.kubernetes.io/scale-up-tolerance",
            "autoscaling.alpha.kubernetes.io/current-metrics",
            "autoscaling.alpha.kubernetes.io/conditions");

    private static final long UTILIZATION = 80;
    private static final long PERIOD_SECONDS = 15;
    private static final ObjectValue DOUBLE = policy("Percent", 100);
    private static final ObjectValue UP = ObjectValue.builder()
            .put("stabilizationWindowSeconds", 0)
            .put("selectPolicy", "Max")
            .put("policies", ArrayValue.of(policy("Pods", 4), DOUBLE))
            .build();
    private static final ObjectValue DOWN =
            ObjectValue.of("selectPolicy", Value.of("Max"), "policies", ArrayValue.of(DOUBLE));

    private AutoscalingDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of("api/autoscaling/v2.HorizontalPodAutoscaler", AutoscalingDefaults::autoscaler);
    }

    private static ObjectValue policy(String type, long value) {
        return ObjectValue.builder()
                .put("type", type)
                .put("value", value)
                .put("periodSeconds", PERIOD_SECONDS)
                .build();
    }

    /** The metric of CPU utilization that an autoscaler without metrics gets, in the form of version 2. */
    public static ObjectValue cpuUtilization(long percent) {
        ObjectValue target =
                ObjectValue.of("type", Value.of("Utilization"), "averageUtilization", Value.of(percent));
        ObjectValue resource = ObjectValue.of("name", Value.of("cpu"), "target", target);
        return ObjectValue.of("type", Value.of("Resource"), "resource", resource);
    }

    /** The metrics of an autoscaler that names none. */
    public static ArrayValue metrics() {
        return ArrayValue.of(cpuUtilization(UTILIZATION));
    }

    /** The object without the annotations that carry parts of it in version 1. */
    public static ObjectValue withoutCarriers(ObjectValue autoscaler) {
        ObjectValue annotations = autoscaler.objectAt("metadata", "annotations");
        ObjectEditor kept = annotations.edit();
        CARRIERS.forEach(kept::remove);
        if (kept.size() == annotations.size()) {
            return autoscaler;
        }
        return kept.size() == 0
                ? autoscaler.withoutAt("metadata", "annotations")
                : autoscaler.withAt(kept.build(), "metadata", "annotations");
    }

    private static ObjectValue autoscaler(ObjectValue autoscaler) {
        return Fill.in(withoutCarriers(autoscaler), "spec", spec -> {
            ObjectValue out = Fill.absent(spec, "metrics", metrics());
            return Fill.in(out, "behavior", behavior -> {
                ObjectValue up = rules(behavior.getObject("scaleUp"), UP);
                return behavior.with("scaleUp", up).with("scaleDown", rules(behavior.getObject("scaleDown"), DOWN));
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
