// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cron jobs. Their status is not checked. */
public final class CronJobRules implements KindRules {
    /** The names of jobs are this one and eleven characters for a time. */
    private static final int LONGEST_NAME = 52;

    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath JOB = SPEC.fields("jobTemplate", "spec");
    private static final List<String> CONCURRENCY = List.of("Allow", "Forbid", "Replace");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return prepared(object, null);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? prepared(updated, current) : updated;
    }

    private static ObjectValue prepared(ObjectValue object, @Nullable ObjectValue current) {
        ObjectValue job = job(object);
        ObjectValue kept = JobSpecRules.withoutGated(job, current == null ? null : job(current));
        return PodSelection.prepared(
                kept == job ? object : object.withAt(kept, "spec", "jobTemplate", "spec"),
                current,
                "spec",
                "jobTemplate",
                "spec",
                "template");
    }

    private static ObjectValue job(ObjectValue cronJob) {
        return cronJob.objectAt("spec", "jobTemplate", "spec");
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        boolean scheduled = spec(object, null, errors);
        String name = ObjectMeta.of(object).name();
        if (GoText.byteLength(name) > LONGEST_NAME) {
            errors.invalid(ValuePath.of("metadata", "name"), name, "must be no more than 52 characters");
        }
        if (!scheduled) {
            errors.required(SPEC.field("schedule"), "");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty() && !spec(updated, current, errors)) {
            errors.required(SPEC.field("schedule"), "");
        }
    }

    /** Checks a spec; false where there is no schedule at all, which Kubernetes tells after everything else. */
    private static boolean spec(ObjectValue object, @Nullable ObjectValue current, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        ObjectValue before = current == null ? ObjectValue.EMPTY : current.objectOrEmpty("spec");
        String schedule = spec.stringOrEmpty("schedule");
        if (!schedule.isEmpty()) {
            schedule(schedule, spec, before, errors);
        }
        FieldChecks.nonNegative(spec, SPEC, errors, "startingDeadlineSeconds");
        if (current == null || FieldChecks.changed(spec.get("timeZone"), before.get("timeZone"))) {
            TimeZones.check(spec.getString("timeZone"), SPEC.field("timeZone"), errors);
        }
        String concurrency = spec.stringOrEmpty("concurrencyPolicy");
        if (concurrency.isEmpty()) {
            errors.required(SPEC.field("concurrencyPolicy"), "");
        } else if (!CONCURRENCY.contains(concurrency)) {
            errors.notSupportedShown(SPEC.field("concurrencyPolicy"), FieldErrors.json(concurrency), CONCURRENCY);
        }
        ObjectValue job = job(object);
        new JobSpecRules(job, current == null ? null : job(current), JOB).check(errors);
        noSelector(job, errors);
        FieldChecks.nonNegative(spec, SPEC, errors, "successfulJobsHistoryLimit", "failedJobsHistoryLimit");
        return !schedule.isEmpty();
    }

    /** A zone inside the schedule was never meant to be there; where it is, it may stay. */
    private static void schedule(String schedule, ObjectValue spec, ObjectValue before, FieldErrors errors) {
        ValuePath path = SPEC.field("schedule");
        try {
            CronSchedule.check(schedule);
        } catch (ScalarSyntaxException e) {
            errors.invalid(path, schedule, e.text());
        }
        boolean hadZone = before.stringOrEmpty("schedule").contains("TZ");
        if (!schedule.contains("TZ")) {
            return;
        }
        if (!hadZone) {
            errors.invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else if (spec.getString("timeZone") != null) {
            errors.invalid(path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }

    /** The selectors of jobs that a cron job makes are made with them. */
    private static void noSelector(ObjectValue job, FieldErrors errors) {
        ObjectValue selector = job.getObject("selector");
        if (selector != null) {
            errors.invalid(JOB.field("selector"), selector, "`selector` will be auto-generated");
        }
        if (job.isTrue("manualSelector")) {
            errors.notSupportedShown(JOB.field("manualSelector"), "true", List.of("nil", "false"));
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> warnings = new ArrayList<>(PodSelection.nameWarnings(object));
        warnings.addAll(JobSpecRules.warnings(job(object), null, JOB));
        return warnings;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        if (!context.subresource().isEmpty()) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        if (ObjectMeta.of(updated).generation() != ObjectMeta.of(current).generation()) {
            warnings.addAll(JobSpecRules.warnings(job(updated), job(current), JOB));
        }
        if (updated.objectOrEmpty("spec").stringOrEmpty("schedule").contains("TZ")) {
            // the address is wrong in Kubernetes, too
            warnings.add("cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see"
                    + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
        return warnings;
    }
}
