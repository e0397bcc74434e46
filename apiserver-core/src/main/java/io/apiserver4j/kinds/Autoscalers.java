// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Horizontal pod autoscalers of autoscaling/v1, which are stored as v2. Version 1 has a field for the utilization of CPU and
 * carries everything else in annotations; an annotation that cannot be read counts as absent (Kubernetes'
 * pkg/apis/autoscaling/v1/conversion.go).
 */
public final class Autoscalers {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String METRICS = PREFIX + "metrics";
    private static final String BEHAVIOR = PREFIX + "behavior";
    private static final String CURRENT_METRICS = PREFIX + "current-metrics";
    private static final String CONDITIONS = PREFIX + "conditions";
    private static final List<String> CARRIERS = List.of(
            METRICS,
            BEHAVIOR,
            CURRENT_METRICS,
            CONDITIONS,
            PREFIX + "scale-down-tolerance",
            PREFIX + "scale-up-tolerance");

    private static final Kind V1 = new Kind("autoscaling", "v1", "HorizontalPodAutoscaler");
    private static final Kind V2 = new Kind("autoscaling", "v2", "HorizontalPodAutoscaler");
    private static final String CPU = "targetCPUUtilizationPercentage";
    private static final String CURRENT_CPU = "currentCPUUtilizationPercentage";
    private static final List<String> SHARED_SPEC = List.of("scaleTargetRef", "minReplicas", "maxReplicas");
    private static final List<String> SHARED_STATUS =
            List.of("observedGeneration", "lastScaleTime", "currentReplicas", "desiredReplicas");

    private Autoscalers() {}

    /** The metrics of an autoscaler of version 2 that names none: CPU at four fifths. */
    public static ArrayValue defaultMetrics() {
        return ArrayValue.of(cpu("target", Value.of(80)));
    }

    /** The autoscaler without the annotations that carry parts of it in version 1; no other version keeps them. */
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

    /** An autoscaler of version 1 in version 2. */
    public static ObjectValue toV2(ObjectValue autoscaler) {
        ObjectValue spec = autoscaler.objectOrEmpty("spec");
        ArrayValue metrics = ArrayValue.EMPTY;
        ArrayValue others = list(carried(autoscaler, METRICS, AutoscalerV1::wishesToV2, "spec", "metrics"));
        if (others != null) {
            metrics = others;
        }
        Value percent = spec.get(CPU);
        if (percent != null) {
            metrics = metrics.plus(cpu("target", percent));
        }
        ObjectEditor newSpec = members(spec, SHARED_SPEC);
        newSpec.put("metrics", metrics.isEmpty() ? defaultMetrics() : metrics);
        Value behavior = carried(autoscaler, BEHAVIOR, AutoscalerBehavior::fromAnnotation, "spec", "behavior");
        if (behavior instanceof ObjectValue said && !said.isEmpty()) {
            newSpec.put("behavior", AutoscalerBehavior.filledAfterCheck(said));
        }

        ObjectValue status = autoscaler.objectOrEmpty("status");
        ObjectEditor newStatus = members(status, SHARED_STATUS);
        ArrayValue current =
                list(carried(autoscaler, CURRENT_METRICS, AutoscalerV1::statesToV2, "status", "currentMetrics"));
        Value currentPercent = status.get(CURRENT_CPU);
        if (current == null && currentPercent != null) {
            current = ArrayValue.of(cpu("current", currentPercent));
        }
        newStatus.putIfPresent("currentMetrics", current);
        newStatus.putIfPresent(
                "conditions", carried(autoscaler, CONDITIONS, Function.identity(), "status", "conditions"));
        return read(V2, withoutCarriers(autoscaler), newSpec.build(), newStatus.build());
    }

    private static ObjectValue cpu(String member, Value percent) {
        ObjectEditor amounts = ObjectValue.builder();
        if (member.equals("target")) {
            amounts.put("type", "Utilization");
        }
        amounts.put("averageUtilization", percent);
        ObjectValue resource = ObjectValue.of("name", Value.of("cpu"), member, amounts.build());
        return ObjectValue.of("type", Value.of("Resource"), "resource", resource);
    }

    /**
     * What an annotation carries, in the form of version 2, or null where there is none or it cannot be read.
     *
     * @param toV2 from what was written to version 2
     * @param path where it stands in an autoscaler of version 2, whose types then check it
     */
    private static @Nullable Value carried(
            ObjectValue autoscaler, String annotation, Function<Value, @Nullable Value> toV2, String... path) {
        String text = autoscaler.objectAt("metadata", "annotations").getString(annotation);
        if (text == null) {
            return null;
        }
        try {
            Value converted = toV2.apply(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
            if (converted == null) {
                return null;
            }
            ObjectValue holder = ObjectValue.EMPTY.withAt(converted, path);
            return TypedReader.read(schema(V2), holder, new DecodeFindings()).at(path);
        } catch (JsonSyntaxException | TypeMismatchException | ScalarSyntaxException unreadable) {
            return null;
        }
    }

    private static @Nullable ArrayValue list(@Nullable Value value) {
        return value == null ? null : value.asArray();
    }

    /** An autoscaler of version 2 in version 1. */
    public static ObjectValue fromV2(ObjectValue autoscaler) {
        ObjectValue spec = autoscaler.objectOrEmpty("spec");
        ObjectEditor newSpec = members(spec, SHARED_SPEC);
        ObjectEditor carriers = ObjectValue.builder();
        ArrayValue others = ArrayValue.EMPTY;
        for (ObjectValue metric : spec.arrayOrEmpty("metrics").objects()) {
            Value percent = cpuPercent(metric, "target");
            if (percent == null) {
                others = others.plus(AutoscalerV1.wishFromV2(metric));
            } else if (!newSpec.has(CPU)) {
                newSpec.put(CPU, percent);
            }
        }
        if (!others.isEmpty()) {
            carriers.put(METRICS, others.toString());
        }

        ObjectValue status = autoscaler.objectOrEmpty("status");
        ObjectEditor newStatus = members(status, SHARED_STATUS);
        ArrayValue states = ArrayValue.EMPTY;
        for (ObjectValue state : status.arrayOrEmpty("currentMetrics").objects()) {
            newStatus.putIfPresent(CURRENT_CPU, cpuPercent(state, "current"));
            states = states.plus(AutoscalerV1.stateFromV2(state));
        }
        if (!states.isEmpty()) {
            carriers.put(CURRENT_METRICS, states.toString());
        }
        ObjectValue behavior = spec.getObject("behavior");
        if (behavior != null) {
            carriers.put(BEHAVIOR, AutoscalerBehavior.toAnnotation(behavior).toString());
        }
        ArrayValue conditions = status.arrayOrEmpty("conditions");
        if (!conditions.isEmpty()) {
            carriers.put(CONDITIONS, conditions.toString());
        }

        ObjectValue out = withoutCarriers(autoscaler);
        if (carriers.size() > 0) {
            ObjectEditor annotations = out.objectAt("metadata", "annotations").edit();
            carriers.build().forEach(carrier -> annotations.put(carrier.key(), carrier.value()));
            out = out.withAt(annotations.build(), "metadata", "annotations");
        }
        return read(V1, out, newSpec.build(), newStatus.build());
    }

    /** The utilization that a metric of the resource CPU is about, or null. */
    private static @Nullable Value cpuPercent(ObjectValue metric, String member) {
        boolean cpu = metric.stringOrEmpty("type").equals("Resource")
                && metric.objectOrEmpty("resource").stringOrEmpty("name").equals("cpu");
        return cpu ? metric.at("resource", member, "averageUtilization") : null;
    }

    private static ObjectEditor members(ObjectValue object, List<String> names) {
        ObjectEditor out = ObjectValue.builder();
        names.forEach(name -> out.putIfPresent(name, object.get(name)));
        return out;
    }

    private static ObjectValue read(Kind kind, ObjectValue autoscaler, ObjectValue spec, ObjectValue status) {
        ObjectValue out = autoscaler
                .with("apiVersion", kind.apiVersion())
                .with("spec", spec)
                .with("status", status);
        return TypedReader.read(schema(kind), out, new DecodeFindings());
    }

    private static Schema schema(Kind kind) {
        Schema schema = SchemaFacts.builtin().kind(kind);
        if (schema == null) {
            throw new IllegalStateException("no facts of " + kind);
        }
        return schema;
    }
}
