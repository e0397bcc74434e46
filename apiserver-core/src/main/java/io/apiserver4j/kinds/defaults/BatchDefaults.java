// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;

/** The group batch. What cron jobs start is a job's part only, and gets none of this. */
final class BatchDefaults {
    private static final long BACKOFF_LIMIT = 6;

    private BatchDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of("api/batch/v1.Job", BatchDefaults::job);
    }

    private static ObjectValue job(ObjectValue job) {
        ObjectValue out = Fill.in(job, "spec", BatchDefaults::jobSpec);
        return Fill.labelsOf(job.objectAt("spec", "template"), out);
    }

    private static ObjectValue jobSpec(ObjectValue spec) {
        ObjectValue out = spec;
        if (Fill.isAbsent(spec.get("parallelism"))) {
            out = Fill.absent(out, "completions", 1).with("parallelism", Value.of(1));
        }
        boolean perIndex = !Fill.isAbsent(spec.get("backoffLimitPerIndex"));
        out = Fill.absent(out, "backoffLimit", perIndex ? Integer.MAX_VALUE : BACKOFF_LIMIT);
        boolean failures = !Fill.isAbsent(spec.get("podFailurePolicy"));
        return Fill.absent(out, "podReplacementPolicy", failures ? "Failed" : "TerminatingOrFailed");
    }
}
