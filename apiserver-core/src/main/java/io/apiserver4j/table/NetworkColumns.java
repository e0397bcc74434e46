// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.Locale;

/** Cells of the networking group. */
final class NetworkColumns {
    private static final String DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";
    private static final int SHOWN = 3;

    private NetworkColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("ingress.hosts", NetworkColumns::hosts);
        cells.text("ingress.address", row -> ServiceColumns.balancerAddresses(row.status()));
        cells.text("ingress.ports", row -> row.spec().arrayOrEmpty("tls").isEmpty() ? "80" : "80, 443");
        cells.text("ingressClass.name", NetworkColumns::className);
        cells.text("ingressClass.parameters", NetworkColumns::parameters);
        cells.text("ipAddress.parent", NetworkColumns::parent);
    }

    /** The first hosts; the others are counted as rules, with or without a host. */
    private static String hosts(Row row) {
        ArrayValue rules = row.spec().arrayOrEmpty("rules");
        StringBuilder hosts = new StringBuilder();
        int shown = 0;
        for (ObjectValue rule : rules.objects()) {
            if (shown == SHOWN) {
                return hosts.append(" + ")
                        .append(rules.size() - SHOWN)
                        .append(" more...")
                        .toString();
            }
            String host = rule.stringOrEmpty("host");
            if (!host.isEmpty()) {
                hosts.append(shown == 0 ? "" : ",").append(host);
                shown++;
            }
        }
        return shown == 0 ? "*" : hosts.toString();
    }

    private static String className(Row row) {
        boolean isDefault = "true".equals(row.meta().annotations().getString(DEFAULT_CLASS));
        return row.meta().name() + (isDefault ? " (default)" : "");
    }

    private static String parameters(Row row) {
        ObjectValue parameters = row.spec().getObject("parameters");
        if (parameters == null) {
            return "<none>";
        }
        String group = parameters.getString("apiGroup");
        return parameters.stringOrEmpty("kind") + (group == null ? "" : "." + group) + "/"
                + parameters.stringOrEmpty("name");
    }

    private static String parent(Row row) {
        ObjectValue parent = row.spec().getObject("parentRef");
        if (parent == null) {
            return "<none>";
        }
        String group = parent.stringOrEmpty("group");
        String resource = parent.stringOrEmpty("resource") + (group.isEmpty() ? "" : "." + group);
        String namespace = parent.stringOrEmpty("namespace");
        return resource.toLowerCase(Locale.ROOT) + (namespace.isEmpty() ? "" : "/" + namespace) + "/"
                + parent.stringOrEmpty("name");
    }
}
