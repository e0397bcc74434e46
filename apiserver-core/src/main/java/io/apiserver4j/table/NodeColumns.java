// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ConditionView;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Cells of nodes. */
final class NodeColumns {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE_LABEL = "kubernetes.io/role";
    private static final String NONE = "<none>";

    private NodeColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("node.status", NodeColumns::state);
        cells.text("node.roles", NodeColumns::roles);
        cells.text("node.internalIp", row -> address(row, "InternalIP"));
        cells.text("node.externalIp", row -> address(row, "ExternalIP"));
        cells.text("node.kernel", NodeColumns::kernel);
    }

    private static String state(Row row) {
        ConditionView ready = lastReadyCondition(row);
        String state = ready == null ? "Unknown" : ready.isTrue() ? "Ready" : "NotReady";
        return row.spec().isTrue("unschedulable") ? state + ",SchedulingDisabled" : state;
    }

    private static @Nullable ConditionView lastReadyCondition(Row row) {
        ConditionView found = null;
        for (ObjectValue condition : row.status().arrayOrEmpty("conditions").objects()) {
            if ("Ready".equals(condition.getString("type"))) {
                found = new ConditionView(condition);
            }
        }
        return found;
    }

    private static String roles(Row row) {
        SortedSet<String> roles = new TreeSet<>();
        for (ObjectValue.Member label : row.meta().labels()) {
            Value value = label.value();
            if (label.key().startsWith(ROLE_PREFIX)) {
                roles.add(label.key().substring(ROLE_PREFIX.length()));
            } else if (label.key().equals(ROLE_LABEL) && value.asString() != null) {
                roles.add(value.asString());
            }
        }
        roles.remove("");
        return roles.isEmpty() ? NONE : String.join(",", roles);
    }

    private static String address(Row row, String type) {
        for (ObjectValue address : row.status().arrayOrEmpty("addresses").objects()) {
            if (type.equals(address.getString("type"))) {
                return address.stringOrEmpty("address");
            }
        }
        return NONE;
    }

    private static String kernel(Row row) {
        ObjectValue info = row.status().objectOrEmpty("nodeInfo");
        String version = info.stringOrEmpty("kernelVersion");
        String architecture = info.stringOrEmpty("architecture");
        return (version.isEmpty() ? HumanForms.UNKNOWN : version)
                + (architecture.isEmpty() ? "" : " (" + architecture + ")");
    }
}
