// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ConditionView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Cells of the smaller kinds of the core group: quotas and component statuses. */
final class CoreColumns {
    private CoreColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("quota.requests", row -> quota(row, false));
        cells.text("quota.limits", row -> quota(row, true));
        cells.text("component.status", CoreColumns::health);
        cells.text("component.message", row -> healthMember(row, "message"));
        cells.text("component.error", row -> healthMember(row, "error"));
    }

    private static String quota(Row row, boolean limits) {
        ObjectValue hard = row.status().objectOrEmpty("hard");
        ObjectValue used = row.status().objectOrEmpty("used");
        TreeSet<String> names = new TreeSet<>();
        hard.forEach(member -> names.add(member.key()));
        List<String> shown = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("limits.") == limits) {
                shown.add(name + ": " + Amounts.text(used.get(name)) + "/" + Amounts.text(hard.get(name)));
            }
        }
        return String.join(", ", shown);
    }

    private static String health(Row row) {
        ConditionView healthy = ConditionView.find(row.object().arrayOrEmpty("conditions"), "Healthy");
        return healthy == null ? "Unknown" : healthy.isTrue() ? "Healthy" : "Unhealthy";
    }

    private static String healthMember(Row row, String member) {
        ConditionView healthy = ConditionView.find(row.object().arrayOrEmpty("conditions"), "Healthy");
        return healthy == null ? "" : healthy.tree().stringOrEmpty(member);
    }
}
