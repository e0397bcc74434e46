// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.PodTemplateRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.FieldRules;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job may be, alone or as the template of a cron job; its selector is left to them.
 *
 * @param before the spec that is changed; null on creation
 * @param path the address of the spec
 */
record JobSpecRules(ObjectValue spec, @Nullable ObjectValue before, ValuePath path) {
    static final String INDEXED = "Indexed";

    private static final String NON_INDEXED = "NonIndexed";
    private static final int MANY = 100_000;
    private static final int MANY_AT_ONCE = 10_000;
    private static final int MAX_MANAGED_BY_BYTES = 63;

    void check(FieldErrors errors) {
        FieldChecks.nonNegative(
                spec,
                path,
                errors,
                "parallelism",
                "completions",
                "activeDeadlineSeconds",
                "backoffLimit",
                "ttlSecondsAfterFinished",
                "backoffLimitPerIndex",
                "maxFailedIndexes");
        if (has("maxFailedIndexes") && !has("backoffLimitPerIndex")) {
            errors.required(path.field("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
        managedBy(errors);
        String mode = spec.getString("completionMode");
        if (mode != null && !mode.equals(INDEXED) && !mode.equals(NON_INDEXED)) {
            errors.notSupportedShown(
                    path.field("completionMode"), FieldErrors.json(mode), List.of(NON_INDEXED, INDEXED));
        }
        if (isIndexed(spec)) {
            indexed(errors);
        }
        if (mode == null || mode.equals(NON_INDEXED)) {
            notIndexed(errors);
        }
        policies(errors);
        PodTemplateRules.validate(
                spec.objectOrEmpty("template"),
                before == null ? null : before.objectOrEmpty("template"),
                path.field("template"),
                errors);
        restartPolicy(errors);
    }

    static boolean isIndexed(ObjectValue spec) {
        return spec.stringOrEmpty("completionMode").equals(INDEXED);
    }

    private boolean has(String name) {
        return FieldChecks.changed(spec.get(name), null);
    }

    private void managedBy(FieldErrors errors) {
        String manager = spec.getString("managedBy");
        if (manager == null) {
            return;
        }
        FieldRules.domainPrefixedPath(path.field("managedBy"), manager, errors);
        if (GoText.byteLength(manager) > MAX_MANAGED_BY_BYTES) {
            errors.tooLong(path.field("managedBy"), MAX_MANAGED_BY_BYTES);
        }
    }

    private void indexed(FieldErrors errors) {
        Long completions = spec.getLong("completions");
        Long maxFailed = spec.getLong("maxFailedIndexes");
        if (completions == null) {
            errors.required(path.field("completions"), "when completion mode is Indexed");
        }
        atMost("parallelism", MANY, " when completion mode is Indexed", errors);
        if (completions != null && maxFailed != null && maxFailed > completions) {
            errors.invalid(path.field("maxFailedIndexes"), maxFailed, "must be less than or equal to completions");
        }
        atMost("maxFailedIndexes", MANY, "", errors);
        if (completions == null || completions <= MANY || !has("backoffLimitPerIndex")) {
            return;
        }
        if (maxFailed == null) {
            errors.required(path.field("maxFailedIndexes"), "must be specified when completions is above " + MANY);
        }
        String when = " when completions are above " + MANY + " and used with backoff limit per index";
        atMost("parallelism", MANY_AT_ONCE, when, errors);
        atMost("maxFailedIndexes", MANY_AT_ONCE, when, errors);
    }

    private void atMost(String name, long maximum, String when, FieldErrors errors) {
        Long number = spec.getLong(name);
        if (number != null && number > maximum) {
            errors.invalid(path.field(name), number, "must be less than or equal to " + maximum + when);
        }
    }

    private void notIndexed(FieldErrors errors) {
        for (String name : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
            Long number = spec.getLong(name);
            if (number != null) {
                errors.invalid(path.field(name), number, "requires indexed completion mode");
            }
        }
    }

    private void policies(FieldErrors errors) {
        ObjectValue failure = spec.getObject("podFailurePolicy");
        if (failure != null) {
            new PodFailurePolicyRules(spec).check(failure, path.field("podFailurePolicy"), errors);
        }
        ObjectValue success = spec.getObject("successPolicy");
        if (success != null && !isIndexed(spec)) {
            errors.invalidShown(
                    path.field("successPolicy"),
                    InternalForm.shown("batch.SuccessPolicy", success),
                    "requires indexed completion mode");
        } else if (success != null) {
            SuccessPolicyRules.check(success, spec.longOr("completions", 0), path.field("successPolicy"), errors);
        }
        String replacement = spec.getString("podReplacementPolicy");
        List<String> replacements = failure != null ? List.of("Failed") : List.of("Failed", "TerminatingOrFailed");
        if (replacement != null && !replacements.contains(replacement)) {
            errors.notSupportedShown(path.field("podReplacementPolicy"), FieldErrors.json(replacement), replacements);
        }
    }

    private void restartPolicy(FieldErrors errors) {
        String policy = spec.objectAt("template", "spec").stringOrEmpty("restartPolicy");
        ValuePath at = path.fields("template", "spec", "restartPolicy");
        if (policy.isEmpty() || policy.equals("Always")) {
            errors.required(at, "valid values: \"OnFailure\", \"Never\"");
        } else if (!policy.equals("OnFailure") && !policy.equals("Never")) {
            errors.notSupportedShown(at, FieldErrors.json(policy), List.of("OnFailure", "Never"));
        } else if (has("podFailurePolicy") && !policy.equals("Never")) {
            errors.invalidShown(
                    at, FieldErrors.json(policy), "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    /** The fields that a gate keeps away as Kubernetes ships it, where the object did not have them before. */
    static ObjectValue withoutGated(ObjectValue spec, @Nullable ObjectValue before) {
        return before != null && before.has("scheduling") ? spec : spec.without("scheduling");
    }

    /** Warnings about a spec and the template in it. */
    static List<String> warnings(ObjectValue spec, @Nullable ObjectValue before, ValuePath path) {
        List<String> warnings = new ArrayList<>();
        if (isIndexed(spec) && spec.longOr("completions", 0) > MANY && spec.longOr("parallelism", 0) > MANY_AT_ONCE) {
            warnings.add(
                    path + ": In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher"
                            + " than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes"
                            + " fail");
        }
        warnings.addAll(PodTemplateRules.warnings(
                spec.objectOrEmpty("template"),
                before == null ? null : before.objectOrEmpty("template"),
                path.field("template")));
        return warnings;
    }
}
