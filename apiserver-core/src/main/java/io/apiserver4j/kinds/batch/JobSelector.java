// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** The selector of a job and the labels it selects: made of the job's name and uid, unless the client says it does so itself. */
final class JobSelector {
    private static final String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
    private static final String JOB_NAME = "batch.kubernetes.io/job-name";
    private static final String OLD_CONTROLLER_UID = "controller-uid";
    private static final String OLD_JOB_NAME = "job-name";
    private static final List<String> SPEC_ORDER = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "podFailurePolicy",
            "successPolicy",
            "backoffLimit",
            "backoffLimitPerIndex",
            "maxFailedIndexes",
            "selector",
            "manualSelector",
            "template",
            "ttlSecondsAfterFinished",
            "completionMode",
            "suspend",
            "podReplacementPolicy",
            "managedBy",
            "scheduling");

    private JobSelector() {}

    private static boolean isManual(ObjectValue job) {
        return job.objectOrEmpty("spec").isTrue("manualSelector");
    }

    /** A new job with its selector and labels; those that the client chose stay, for the rules to refuse. */
    static ObjectValue made(ObjectValue job) {
        if (isManual(job)) {
            return job;
        }
        ObjectMeta meta = ObjectMeta.of(job);
        ObjectValue spec = job.objectOrEmpty("spec");
        ObjectValue labels = spec.objectAt("template", "metadata", "labels");
        labels = withDefault(labels, OLD_JOB_NAME, meta.name());
        labels = withDefault(labels, JOB_NAME, meta.name());
        labels = withDefault(labels, OLD_CONTROLLER_UID, meta.uid());
        labels = withDefault(labels, CONTROLLER_UID, meta.uid());
        ObjectValue template = spec.objectOrEmpty("template");
        ObjectValue templateMeta = MetadataOrder.put(template.objectOrEmpty("metadata"), "labels", labels.sorted());
        template = MetadataOrder.put(template, "metadata", templateMeta, List.of("metadata", "spec"));
        ObjectValue selector = spec.objectOrEmpty("selector");
        ObjectValue selected = withDefault(selector.objectOrEmpty("matchLabels"), CONTROLLER_UID, meta.uid())
                .sorted();
        selector = MetadataOrder.put(selector, "matchLabels", selected, List.of("matchLabels", "matchExpressions"));
        return job.with(
                "spec",
                MetadataOrder.put(
                        MetadataOrder.put(spec, "selector", selector, SPEC_ORDER), "template", template, SPEC_ORDER));
    }

    private static ObjectValue withDefault(ObjectValue labels, String key, String value) {
        return labels.has(key) ? labels : labels.with(key, value);
    }

    /** What was made must be there as it was made. */
    static void checkMade(ObjectValue job, FieldErrors errors) {
        ObjectValue spec = job.objectOrEmpty("spec");
        if (isManual(job) || spec.getObject("selector") == null) {
            return;
        }
        ObjectMeta meta = ObjectMeta.of(job);
        if (meta.uid().isEmpty()) {
            errors.required(ValuePath.of("metadata", "uid"), "");
        }
        ObjectValue labels = spec.objectAt("template", "metadata", "labels");
        ObjectEditor expected = ObjectValue.builder();
        for (String key : List.of(OLD_CONTROLLER_UID, OLD_JOB_NAME, CONTROLLER_UID, JOB_NAME)) {
            String value = key.endsWith("uid") ? meta.uid() : meta.name();
            expected.put(key, value);
            label(labels, key, value, errors);
        }
        LabelSelector selector = PodSelection.selector(spec);
        if (selector != null && !selector.matches(expected.build())) {
            errors.invalid(ValuePath.of("spec", "selector"), selectorOf(spec), "`selector` not auto-generated");
        }
    }

    private static void label(ObjectValue labels, String key, String value, FieldErrors errors) {
        ValuePath path = ValuePath.of("spec", "template", "metadata", "labels").key(key);
        String actual = labels.getString(key);
        if (actual == null) {
            errors.required(path, "must be '" + value + "'");
        } else if (!actual.equals(value)) {
            errors.invalid(path, labels, "must be '" + value + "'");
        }
    }

    private static Value selectorOf(ObjectValue spec) {
        Value selector = spec.get("selector");
        return selector == null ? Value.nul() : selector;
    }

    /** The selector in itself, and that it selects what the template makes. */
    static void check(ObjectValue spec, boolean lenient, FieldErrors errors) {
        ValuePath path = ValuePath.of("spec");
        ObjectValue selector = spec.getObject("selector");
        if (selector == null) {
            errors.required(path.field("selector"), "");
        } else {
            EmbeddedRules.labelSelector(
                    selector,
                    lenient ? EmbeddedRules.Leniency.INVALID_VALUES : EmbeddedRules.Leniency.NONE,
                    path.field("selector"),
                    errors);
        }
        LabelSelector read = PodSelection.selector(spec);
        if (read != null) {
            PodSelection.matchesTemplate(read, spec, path, errors);
        }
    }
}
