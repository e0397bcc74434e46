// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ConditionView;
import java.util.ArrayList;
import java.util.List;

/** Cells of what extends the server (policies, definitions, API services, migrations) and of resource claims. */
final class ExtensionColumns {
    private static final String UNSET = "<unset>";

    private ExtensionColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("policy.paramKind", ExtensionColumns::paramKind);
        cells.text("policy.paramRef", ExtensionColumns::paramRef);
        cells.text("crd.versions", ExtensionColumns::servedVersions);
        cells.cell("crd.established", row -> Value.of(isEstablished(row)));
        cells.text("apiService.service", ExtensionColumns::service);
        cells.text("apiService.available", ExtensionColumns::available);
        cells.text("migration.resource", ExtensionColumns::migratedResource);
        cells.text("migration.status", ExtensionColumns::migrationState);
        cells.text("resourceClaim.state", ExtensionColumns::claimState);
    }

    private static String paramKind(Row row) {
        ObjectValue kind = row.spec().getObject("paramKind");
        return kind == null ? UNSET : kind.stringOrEmpty("apiVersion") + "/" + kind.stringOrEmpty("kind");
    }

    /** Whether parameters live in namespaces is not known here; without a namespace all of them are meant. */
    private static String paramRef(Row row) {
        ObjectValue reference = row.spec().objectOrEmpty("paramRef");
        String name = reference.stringOrEmpty("name");
        if (!name.isEmpty()) {
            String namespace = reference.stringOrEmpty("namespace");
            return (namespace.isEmpty() ? "*" : namespace) + "/" + name;
        }
        ObjectValue selector = reference.getObject("selector");
        return selector == null ? UNSET : SelectorText.structure(selector);
    }

    private static String servedVersions(Row row) {
        List<String> versions = new ArrayList<>();
        for (ObjectValue version : row.spec().arrayOrEmpty("versions").objects()) {
            if (version.isTrue("served")) {
                versions.add(version.stringOrEmpty("name") + (version.isTrue("storage") ? "(storage)" : ""));
            }
        }
        versions.sort(null);
        return String.join(",", versions);
    }

    private static boolean isEstablished(Row row) {
        for (ObjectValue condition : row.status().arrayOrEmpty("conditions").objects()) {
            if ("Established".equals(condition.getString("type")) && new ConditionView(condition).isTrue()) {
                return true;
            }
        }
        return false;
    }

    private static String service(Row row) {
        ObjectValue service = row.spec().getObject("service");
        return service == null ? "Local" : service.stringOrEmpty("namespace") + "/" + service.stringOrEmpty("name");
    }

    private static String available(Row row) {
        ConditionView available = ConditionView.find(row.object(), "Available");
        if (available == null) {
            return "Unknown";
        }
        return available.isTrue() || available.reason().isEmpty()
                ? available.status()
                : available.status() + " (" + available.reason() + ")";
    }

    private static String migratedResource(Row row) {
        ObjectValue resource = row.spec().objectOrEmpty("resource");
        String group = resource.stringOrEmpty("group");
        return resource.stringOrEmpty("resource") + (group.isEmpty() ? "" : "." + group);
    }

    private static String migrationState(Row row) {
        String state = "Unknown";
        for (ObjectValue tree : row.status().arrayOrEmpty("conditions").objects()) {
            ConditionView condition = new ConditionView(tree);
            String type = condition.type();
            if (condition.isTrue() && (type.equals("Running") || type.equals("Succeeded") || type.equals("Failed"))) {
                state = type;
            }
        }
        return state;
    }

    private static String claimState(Row row) {
        List<String> states = new ArrayList<>();
        if (row.meta().isDeleting()) {
            states.add("deleted");
        }
        if (row.status().has("allocation")) {
            states.add("allocated");
            if (!row.status().arrayOrEmpty("reservedFor").isEmpty()) {
                states.add("reserved");
            }
        } else if (states.isEmpty()) {
            states.add("pending");
        }
        return String.join(",", states);
    }
}
