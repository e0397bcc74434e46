// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ConditionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Cells of the apps and batch groups. */
final class WorkloadColumns {
    private WorkloadColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("deployment.selector", WorkloadColumns::deploymentSelector);
        cells.text("revision.controller", WorkloadColumns::controller);
        cells.text("job.status", WorkloadColumns::jobState);
        cells.text("job.completions", WorkloadColumns::completions);
        cells.text("job.duration", WorkloadColumns::duration);
    }

    private static String deploymentSelector(Row row) {
        try {
            return LabelSelector.ofObject(row.spec().getObject("selector")).toString();
        } catch (ApiException unsound) {
            return "<invalid>";
        }
    }

    private static String controller(Row row) {
        for (ObjectValue owner : row.meta().ownerReferences().objects()) {
            if (owner.isTrue("controller")) {
                GroupVersion version = GroupVersion.parse(owner.stringOrEmpty("apiVersion"));
                Kind kind = new Kind(version.group(), version.version(), owner.stringOrEmpty("kind"));
                return kind.groupKind().toLowerCase(Locale.ROOT) + "/" + owner.stringOrEmpty("name");
            }
        }
        return "<none>";
    }

    private static String jobState(Row row) {
        ObjectValue job = row.object();
        if (ConditionView.isTrue(job, "Complete")) {
            return "Complete";
        }
        if (ConditionView.isTrue(job, "Failed")) {
            return "Failed";
        }
        if (row.meta().isDeleting()) {
            return "Terminating";
        }
        for (String condition : List.of("Suspended", "FailureTarget", "SuccessCriteriaMet")) {
            if (ConditionView.isTrue(job, condition)) {
                return condition;
            }
        }
        return "Running";
    }

    private static String completions(Row row) {
        long succeeded = row.status().longOr("succeeded", 0);
        Long wanted = row.spec().getLong("completions");
        if (wanted != null) {
            return succeeded + "/" + wanted;
        }
        long parallelism = row.spec().longOr("parallelism", 0);
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(Row row) {
        Instant start = HumanForms.time(row.status().getString("startTime"));
        Instant end = HumanForms.time(row.status().getString("completionTime"));
        return start == null ? "" : HumanForms.duration(Duration.between(start, end == null ? row.now() : end));
    }
}
