// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of an autoscaler in version 1 of the group, in the form of version 2: that version has a field for the
 * utilization of CPU only and carries all other metrics in annotations.
 */
final class AutoscalerV1 {
    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    private static final String CURRENT_METRICS = "autoscaling.alpha.kubernetes.io/current-metrics";
    private static final long DEFAULT_UTILIZATION = 80;

    private AutoscalerV1() {}

    /** The wanted metrics: those of the annotation, then CPU; none at all means CPU with its default. */
    static ArrayValue metrics(ObjectValue autoscaler) {
        ArrayValue others = annotation(autoscaler, METRICS);
        ArrayValue metrics = others == null ? ArrayValue.EMPTY : others.map(metric -> toV2(metric, "target"));
        Value cpu = autoscaler.objectOrEmpty("spec").get("targetCPUUtilizationPercentage");
        if (cpu != null) {
            return metrics.plus(cpu(cpu, "target"));
        }
        return metrics.isEmpty() ? ArrayValue.of(cpu(Value.of(DEFAULT_UTILIZATION), "target")) : metrics;
    }

    /** The current metrics: the annotation knows more than the field. */
    static ArrayValue currentMetrics(ObjectValue autoscaler) {
        ArrayValue all = annotation(autoscaler, CURRENT_METRICS);
        if (all != null) {
            return all.map(metric -> toV2(metric, "current"));
        }
        Value cpu = autoscaler.objectOrEmpty("status").get("currentCPUUtilizationPercentage");
        return cpu == null ? ArrayValue.EMPTY : ArrayValue.of(cpu(cpu, "current"));
    }

    private static ObjectValue cpu(Value utilization, String member) {
        return ObjectValue.of(
                "type",
                Value.of("Resource"),
                "resource",
                ObjectValue.of("name", Value.of("cpu"), member, ObjectValue.of("averageUtilization", utilization)));
    }

    private static @Nullable ArrayValue annotation(ObjectValue autoscaler, String name) {
        String text = autoscaler.objectAt("metadata", "annotations").getString(name);
        if (text == null) {
            return null;
        }
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).asArray();
        } catch (JsonSyntaxException notJson) {
            return null;
        }
    }

    /** {@code targetAverageValue} and the like, each a field of its own, become members of one {@code target}. */
    private static Value toV2(Value metric, String member) {
        ObjectValue old = metric.asObject();
        if (old == null) {
            return metric;
        }
        ObjectEditor out = old.edit();
        for (ObjectValue.Member entry : old) {
            ObjectValue source = entry.value().asObject();
            if (source != null) {
                out.put(
                        entry.key(),
                        source.with(member, amounts(source, member, entry.key().equals("object"))));
            }
        }
        return out.build();
    }

    private static ObjectValue amounts(ObjectValue source, String member, boolean ofObject) {
        boolean target = member.equals("target");
        ObjectEditor amounts = ObjectValue.builder();
        // The metric of an object calls its plain average "averageValue", in wishes and in states.
        Value average = ofObject
                ? source.get("averageValue")
                : source.get(target ? "targetAverageValue" : "currentAverageValue");
        amounts.putIfPresent("averageValue", average);
        amounts.putIfPresent("value", source.get(target ? "targetValue" : "currentValue"));
        amounts.putIfPresent(
                "averageUtilization", source.get(target ? "targetAverageUtilization" : "currentAverageUtilization"));
        return amounts.build();
    }
}
