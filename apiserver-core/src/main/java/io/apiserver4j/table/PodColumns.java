// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ConditionView;
import io.apiserver4j.view.PodView;
import org.jspecify.annotations.Nullable;

/** Cells of pods. */
final class PodColumns {
    private static final String NONE = "<none>";

    private PodColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("pod.ready", row -> summary(row).readiness());
        cells.text("pod.status", row -> summary(row).state());
        cells.text("pod.restarts", row -> summary(row).restarts(row.now()));
        cells.text("pod.ip", PodColumns::address);
        cells.text("pod.gates", PodColumns::gates);
    }

    private static PodSummary summary(Row row) {
        return row.derive(PodSummary.class, PodSummary::of);
    }

    private static String address(Row row) {
        ArrayValue addresses = row.status().arrayOrEmpty("podIPs");
        String first = addresses.isEmpty() ? "" : addresses.objectAt(0).stringOrEmpty("ip");
        return first.isEmpty() ? NONE : first;
    }

    private static String gates(Row row) {
        PodView pod = new PodView(row.object());
        ArrayValue gates = pod.spec().arrayOrEmpty("readinessGates");
        if (gates.isEmpty()) {
            return NONE;
        }
        int open = 0;
        for (ObjectValue gate : gates.objects()) {
            ConditionView condition = ConditionView.find(pod.conditions(), gate.stringOrEmpty("conditionType"));
            open += condition != null && condition.isTrue() ? 1 : 0;
        }
        return open + "/" + gates.size();
    }

    /** What a row says of a pod that has ended: clients grey such rows or leave them out. Null for the others. */
    static @Nullable ArrayValue finished(ObjectValue pod) {
        return switch (new PodView(pod).phase()) {
            case "Succeeded" -> completed("Succeeded", "The pod has completed successfully.");
            case "Failed" -> completed("Failed", "The pod failed.");
            default -> null;
        };
    }

    private static ArrayValue completed(String reason, String message) {
        return ArrayValue.of(ObjectValue.builder()
                .put("type", "Completed")
                .put("status", "True")
                .put("reason", reason)
                .put("message", message)
                .build());
    }
}
