// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ConditionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cells of role bindings, certificates, and flow control. */
final class AccessColumns {
    private AccessColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("rbac.role", AccessColumns::role);
        cells.text("rbac.users", row -> subjects(row, "User"));
        cells.text("rbac.groups", row -> subjects(row, "Group"));
        cells.text("rbac.serviceAccounts", row -> subjects(row, "ServiceAccount"));
        cells.text("csr.duration", AccessColumns::requestedDuration);
        cells.text("csr.condition", AccessColumns::requestState);
        cells.text("podCertificate.state", AccessColumns::podCertificateState);
        cells.text("flow.missingLevel", AccessColumns::missingLevel);
    }

    private static String role(Row row) {
        ObjectValue role = row.object().objectOrEmpty("roleRef");
        return role.stringOrEmpty("kind") + "/" + role.stringOrEmpty("name");
    }

    private static String subjects(Row row, String kind) {
        List<String> names = new ArrayList<>();
        for (ObjectValue subject : row.object().arrayOrEmpty("subjects").objects()) {
            if (kind.equals(subject.getString("kind"))) {
                String prefix = kind.equals("ServiceAccount") ? subject.stringOrEmpty("namespace") + "/" : "";
                names.add(prefix + subject.stringOrEmpty("name"));
            }
        }
        return String.join(", ", names);
    }

    private static String requestedDuration(Row row) {
        Long seconds = row.spec().getLong("expirationSeconds");
        return seconds == null ? "<none>" : HumanForms.duration(Duration.ofSeconds(seconds));
    }

    private static String requestState(Row row) {
        StringBuilder state = new StringBuilder();
        state.append(has(row, "Denied") ? "Denied" : has(row, "Approved") ? "Approved" : "Pending");
        if (has(row, "Failed")) {
            state.append(",Failed");
        }
        if (!row.status().stringOrEmpty("certificate").isEmpty()) {
            state.append(",Issued");
        }
        return state.toString();
    }

    /** A condition of a certificate request counts by being there, whatever its status. */
    private static boolean has(Row row, String condition) {
        return ConditionView.find(row.object(), condition) != null;
    }

    private static String podCertificateState(Row row) {
        String state = "Pending";
        for (ObjectValue condition : row.status().arrayOrEmpty("conditions").objects()) {
            String type = condition.stringOrEmpty("type");
            if (type.equals("Issued") || type.equals("Denied") || type.equals("Failed")) {
                state = type;
            }
        }
        return state;
    }

    private static String missingLevel(Row row) {
        ConditionView dangling = ConditionView.find(row.object(), "Dangling");
        return dangling == null ? "?" : dangling.status();
    }

    /** Flow schemas in the order they are tried: by precedence, then by name. */
    static final Comparator<ObjectValue> BY_PRECEDENCE = Comparator.<ObjectValue>comparingLong(
                    schema -> schema.objectOrEmpty("spec").longOr("matchingPrecedence", 0))
            .thenComparing(schema -> schema.objectOrEmpty("metadata").stringOrEmpty("name"));
}
