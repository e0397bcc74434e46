// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/** When an indexed job counts as done before all its indexes are. */
final class SuccessPolicyRules {
    private static final int MAX_RULES = 20;
    private static final int MAX_INDEXES_BYTES = 64 * 1024;

    private SuccessPolicyRules() {}

    static void check(ObjectValue policy, long completions, ValuePath path, FieldErrors errors) {
        ArrayValue rules = policy.arrayOrEmpty("rules");
        ValuePath at = path.field("rules");
        if (rules.isEmpty()) {
            errors.required(at, "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.size() > MAX_RULES) {
            errors.tooMany(at, rules.size(), MAX_RULES);
        }
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.objectAt(i), completions, at.index(i), errors);
        }
    }

    private static void rule(ObjectValue rule, long completions, ValuePath path, FieldErrors errors) {
        Long count = rule.getLong("succeededCount");
        String indexes = rule.getString("succeededIndexes");
        if (count == null && indexes == null) {
            errors.required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }
        long named = indexes == null ? 0 : indexes(indexes, completions, path.field("succeededIndexes"), errors);
        if (count == null) {
            return;
        }
        ValuePath at = path.field("succeededCount");
        FieldChecks.nonNegative(rule, path, errors, "succeededCount");
        if (count > completions) {
            errors.invalid(
                    at,
                    count,
                    "must be less than or equal to " + completions + " (the number of specified completions)");
        }
        if (indexes != null && count > named) {
            errors.invalid(
                    at,
                    count,
                    "must be less than or equal to " + named
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }

    private static long indexes(String indexes, long completions, ValuePath path, FieldErrors errors) {
        if (GoText.byteLength(indexes) > MAX_INDEXES_BYTES) {
            errors.tooLong(path, MAX_INDEXES_BYTES);
        }
        try {
            return JobIndexes.count(indexes, completions);
        } catch (ScalarSyntaxException e) {
            errors.invalid(path, indexes, "error parsing succeededIndexes: " + e.text());
            return 0;
        }
    }
}
