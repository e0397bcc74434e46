// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Cells of horizontal pod autoscalers, written for version 2 of the group; {@link AutoscalerV1} brings the older form
 * there.
 */
final class AutoscalerColumns {
    private static final int SHOWN = 2;

    private AutoscalerColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("hpa.reference", AutoscalerColumns::reference);
        cells.text("hpa.targets", AutoscalerColumns::targets);
    }

    private static String reference(Row row) {
        ObjectValue target = row.spec().objectOrEmpty("scaleTargetRef");
        return target.stringOrEmpty("kind") + "/" + target.stringOrEmpty("name");
    }

    private static String targets(Row row) {
        boolean old = row.object().stringOrEmpty("apiVersion").equals("autoscaling/v1");
        ArrayValue metrics =
                old ? AutoscalerV1.metrics(row.object()) : row.spec().arrayOrEmpty("metrics");
        ArrayValue current =
                old ? AutoscalerV1.currentMetrics(row.object()) : row.status().arrayOrEmpty("currentMetrics");
        if (metrics.isEmpty()) {
            return "<none>";
        }
        CutList list = new CutList(SHOWN, ", ");
        for (int i = 0; i < metrics.size(); i++) {
            list.add(metric(metrics.objectAt(i), i < current.size() ? current.objectAt(i) : ObjectValue.EMPTY));
        }
        return list.toString();
    }

    /** One metric; {@code status} is what stands at the same position of the status, be it for another metric. */
    private static String metric(ObjectValue spec, ObjectValue status) {
        return switch (spec.stringOrEmpty("type")) {
            case "External" -> valueOrAverage(spec.objectOrEmpty("external"), status.getObject("external"));
            case "Object" -> valueOrAverage(spec.objectOrEmpty("object"), status.getObject("object"));
            case "Pods" -> average(spec.objectOrEmpty("pods"), status.getObject("pods"));
            case "Resource" -> resource(spec.objectOrEmpty("resource"), status.getObject("resource"));
            case "ContainerResource" ->
                resource(spec.objectOrEmpty("containerResource"), status.getObject("containerResource"));
            default -> "<unknown type>";
        };
    }

    private static String valueOrAverage(ObjectValue source, @Nullable ObjectValue status) {
        ObjectValue target = source.objectOrEmpty("target");
        if (target.has("averageValue")) {
            Value average = status == null ? null : status.at("current", "averageValue");
            return (average == null ? HumanForms.UNKNOWN : Amounts.text(average)) + "/"
                    + Amounts.text(target.get("averageValue")) + " (avg)";
        }
        return current(status, "value") + "/" + Amounts.text(target.get("value"));
    }

    private static String average(ObjectValue source, @Nullable ObjectValue status) {
        return current(status, "averageValue") + "/"
                + Amounts.text(source.objectOrEmpty("target").get("averageValue"));
    }

    private static String resource(ObjectValue source, @Nullable ObjectValue status) {
        ObjectValue target = source.objectOrEmpty("target");
        String name = source.stringOrEmpty("name") + ": ";
        if (target.has("averageValue")) {
            return name + average(source, status);
        }
        Value now = status == null ? null : status.at("current", "averageUtilization");
        Value wanted = target.get("averageUtilization");
        return name + (now == null ? HumanForms.UNKNOWN : now + "%") + "/" + (wanted == null ? "<auto>" : wanted + "%");
    }

    private static String current(@Nullable ObjectValue status, String member) {
        return status == null ? HumanForms.UNKNOWN : Amounts.text(status.at("current", member));
    }
}
