// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The status of a job. Since others than Kubernetes' own controller may write it, much is refused that contradicts itself; most
 * of it only where something changes that it is about, so that old objects stay writable.
 */
final class JobStatusRules {
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final ValuePath CONDITIONS = STATUS.field("conditions");

    private final ObjectValue spec;
    private final ObjectValue status;
    private final ObjectValue before;
    private final FieldErrors errors;
    private final boolean complete;
    private final boolean failed;
    private final boolean finished;

    JobStatusRules(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        this.spec = updated.objectOrEmpty("spec");
        this.status = updated.objectOrEmpty("status");
        this.before = current.objectOrEmpty("status");
        this.errors = errors;
        this.complete = isTrue(status, "Complete");
        this.failed = isTrue(status, "Failed");
        this.finished = complete || failed;
    }

    /** True where a condition of a type is there and true. */
    static boolean isTrue(ObjectValue status, String type) {
        return hasCondition(status, type, "True");
    }

    private static boolean hasCondition(ObjectValue status, String type, String value) {
        for (ObjectValue condition : status.arrayOrEmpty("conditions").objects()) {
            if (condition.stringOrEmpty("type").equals(type)
                    && condition.stringOrEmpty("status").equals(value)) {
                return true;
            }
        }
        return false;
    }

    void check() {
        FieldChecks.nonNegative(status, STATUS, errors, "active", "succeeded", "failed", "ready", "terminating");
        uncounted(status.getObject("uncountedTerminatedPods"));
        completion();
        finished();
        indexes();
        pods();
        success();
        changes();
    }

    /** True where one of these members differs from before. */
    private boolean changed(String name) {
        return FieldChecks.changed(status.get(name), before.get(name));
    }

    private boolean flipped(String condition) {
        return isTrue(status, condition) != isTrue(before, condition);
    }

    private boolean finishedChanged() {
        return finished != (isTrue(before, "Complete") || isTrue(before, "Failed"));
    }

    private void refuse(String detail) {
        errors.invalidOmitted(CONDITIONS, detail);
    }

    private void uncounted(@Nullable ObjectValue pods) {
        if (pods == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String list : List.of("succeeded", "failed")) {
            List<String> uids = pods.arrayOrEmpty(list).strings();
            for (int i = 0; i < uids.size(); i++) {
                ValuePath path = STATUS.fields("uncountedTerminatedPods", list).index(i);
                if (uids.get(i).isEmpty()) {
                    errors.invalidShown(path, FieldErrors.json(""), "must not be empty");
                } else if (!seen.add(uids.get(i))) {
                    errors.duplicateShown(path, FieldErrors.json(uids.get(i)), "");
                }
            }
        }
    }

    private void completion() {
        boolean completeChanged = flipped("Complete");
        if ((completeChanged || flipped("Failed")) && complete && failed) {
            refuse("cannot set Complete=True and Failed=true conditions");
        }
        if ((completeChanged || flipped("FailureTarget")) && complete && isTrue(status, "FailureTarget")) {
            refuse("cannot set Complete=True and FailureTarget=true conditions");
        }
        ValuePath path = STATUS.field("completionTime");
        Instant completed = time(status, "completionTime");
        if (completeChanged || changed("completionTime")) {
            if (completed != null && !complete) {
                errors.invalidShown(
                        path,
                        shown("completionTime"),
                        "cannot set completionTime when there is no Complete=True condition");
            }
            if (completed == null && complete) {
                errors.required(path, "completionTime is required for Complete jobs");
            }
        }
        Instant started = time(status, "startTime");
        if ((changed("startTime") || changed("completionTime"))
                && started != null
                && completed != null
                && completed.isBefore(started)) {
            errors.invalidShown(path, shown("completionTime"), "must be equal to or after `startTime`");
        }
        if ((flipped("Failed") || changed("failedIndexes")) && failed && !isTrue(status, "FailureTarget")) {
            refuse("cannot set Failed=True condition without the FailureTarget=true condition");
        }
        if ((completeChanged || flipped("SuccessCriteriaMet")) && complete && !isTrue(status, "SuccessCriteriaMet")) {
            refuse("cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        }
    }

    private void finished() {
        long active = status.longOr("active", 0);
        boolean nothingToDo = spec.isTrue("suspend") && Long.valueOf(0).equals(spec.getLong("completions"));
        if ((finishedChanged() || changed("active")) && active > 0 && finished) {
            errors.invalid(STATUS.field("active"), active, "active>0 is invalid for finished job");
        }
        if ((finishedChanged() || changed("startTime"))
                && !nothingToDo
                && finished
                && time(status, "startTime") == null) {
            errors.required(STATUS.field("startTime"), "startTime is required for finished job");
        }
        ObjectValue pods = status.objectOrEmpty("uncountedTerminatedPods");
        if ((finishedChanged() || changed("uncountedTerminatedPods"))
                && finished
                && pods.arrayOrEmpty("succeeded").size()
                                + pods.arrayOrEmpty("failed").size()
                        > 0) {
            errors.invalidShown(
                    STATUS.field("uncountedTerminatedPods"),
                    InternalForm.shown("batch.UncountedTerminatedPods", pods),
                    "must be empty for finished job");
        }
    }

    private void indexes() {
        Long completions = spec.getLong("completions");
        boolean perIndex = spec.getLong("backoffLimitPerIndex") != null;
        String done = status.stringOrEmpty("completedIndexes");
        String broken = status.getString("failedIndexes");
        boolean doneChanged = !done.equals(before.stringOrEmpty("completedIndexes"));
        boolean brokenChanged = changed("failedIndexes");
        if (doneChanged && completions != null) {
            parsed("completedIndexes", done, completions);
        }
        if (brokenChanged && completions != null && perIndex && broken != null) {
            parsed("failedIndexes", broken, completions);
        }
        if (doneChanged && !done.isEmpty() && !JobSpecRules.isIndexed(spec)) {
            errors.invalid(
                    STATUS.field("completedIndexes"),
                    done,
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (brokenChanged && !perIndex && broken != null) {
            errors.invalid(
                    STATUS.field("failedIndexes"),
                    broken,
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        if ((doneChanged || brokenChanged) && completions != null && broken != null) {
            Long shared = JobIndexes.shared(done, broken, completions);
            if (shared != null) {
                errors.invalid(
                        STATUS.field("failedIndexes"),
                        broken,
                        "failedIndexes and completedIndexes overlap at index: " + shared);
            }
        }
    }

    private void parsed(String name, String text, long completions) {
        try {
            JobIndexes.count(text, completions);
        } catch (ScalarSyntaxException e) {
            errors.invalid(STATUS.field(name), text, "error parsing " + name + ": " + e.text());
        }
    }

    private void pods() {
        long terminating = status.longOr("terminating", 0);
        if ((finishedChanged() || changed("terminating")) && terminating > 0 && finished) {
            errors.invalid(STATUS.field("terminating"), terminating, "terminating>0 is invalid for finished job");
        }
        Long ready = status.getLong("ready");
        if ((changed("ready") || changed("active")) && ready != null && ready > status.longOr("active", 0)) {
            errors.invalid(STATUS.field("ready"), ready, "cannot set more ready pods than active");
        }
    }

    private void success() {
        boolean met = isTrue(status, "SuccessCriteriaMet");
        if (met && failed) {
            refuse("cannot set SuccessCriteriaMet=True and Failed=true conditions");
        }
        if (met && isTrue(status, "FailureTarget")) {
            refuse("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        }
        if (spec.getObject("successPolicy") != null && !met && complete) {
            refuse("cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
        }
    }

    private void changes() {
        for (String type : List.of("Failed", "Complete", "FailureTarget")) {
            if (isTrue(before, type) && !isTrue(status, type)) {
                refuse("cannot disable the terminal " + type + "=True condition");
            }
        }
        notLess("failed");
        boolean elastic =
                JobSpecRules.isIndexed(spec) && !FieldChecks.changed(spec.get("completions"), spec.get("parallelism"));
        if (!elastic) {
            notLess("succeeded");
        }
        Instant completed = time(status, "completionTime");
        Instant completedBefore = time(before, "completionTime");
        if (completed != null && completedBefore != null && !completed.equals(completedBefore)) {
            errors.invalidShown(STATUS.field("completionTime"), shown("completionTime"), FieldChecks.IMMUTABLE);
        }
        startTime();
        boolean met = isTrue(status, "SuccessCriteriaMet");
        boolean metBefore = isTrue(before, "SuccessCriteriaMet");
        if (metBefore && !met) {
            refuse("cannot disable the SuccessCriteriaMet=True condition");
        }
        if (isTrue(before, "Complete") && !metBefore && met) {
            refuse("cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
        }
    }

    private void notLess(String name) {
        long number = status.longOr(name, 0);
        if (number < before.longOr(name, 0)) {
            errors.invalid(STATUS.field(name), number, "cannot decrease the " + name + " counter");
        }
    }

    private void startTime() {
        boolean resuming = isTrue(before, "Suspended") && hasCondition(status, "Suspended", "False");
        Instant startedBefore = time(before, "startTime");
        if (startedBefore != null
                && !resuming
                && !startedBefore.equals(time(status, "startTime"))
                && !spec.isTrue("suspend")) {
            errors.invalidShown(
                    STATUS.field("startTime"), shown("startTime"), "field is immutable for unsuspended job once set");
        }
    }

    private String shown(String name) {
        Value value = status.get(name);
        return value == null ? "null" : value.toString();
    }

    private static @Nullable Instant time(ObjectValue status, String name) {
        String text = status.stringOrEmpty(name);
        return text.isEmpty() ? null : Timestamp.parse(text);
    }
}
