// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs. */
public final class JobRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return prepared(JobSelector.made(object), null);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? prepared(updated, current) : updated;
    }

    private static ObjectValue prepared(ObjectValue object, @Nullable ObjectValue current) {
        ObjectValue before = current == null ? null : current.objectOrEmpty("spec");
        return PodSelection.prepared(
                object.update("spec", spec -> JobSpecRules.withoutGated(spec, before)), current, "spec", "template");
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        JobSelector.checkMade(object, errors);
        ObjectValue spec = object.objectOrEmpty("spec");
        new JobSpecRules(spec, null, SPEC).check(errors);
        JobSelector.check(spec, false, errors);
        hostNames(object, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            new JobStatusRules(updated, current, errors).check();
            return;
        }
        ObjectValue spec = updated.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        new JobSpecRules(spec, before, SPEC).check(errors);
        JobSelector.check(spec, EmbeddedRules.hasInvalidValues(before.objectOrEmpty("selector")), errors);
        new JobChangeRules(updated, current).check(errors);
        hostNames(updated, errors);
    }

    /** The pods of an indexed job get host names of its name and their index. */
    private static void hostNames(ObjectValue job, FieldErrors errors) {
        ObjectValue spec = job.objectOrEmpty("spec");
        long completions = spec.longOr("completions", 0);
        if (!JobSpecRules.isIndexed(spec) || completions <= 0) {
            return;
        }
        String name = ObjectMeta.of(job).name();
        String longest = name + "-" + (completions - 1);
        if (!NameRules.isDns1123Label(longest)) {
            errors.invalid(
                    ValuePath.of("metadata", "name"),
                    name,
                    "will not able to create pod with invalid DNS label: " + longest);
        }
    }

    /** A job without labels shows those of its template: Kubernetes sets them whenever it reads one. */
    @Override
    public ObjectValue canonicalize(ObjectValue object) {
        ObjectValue labels = object.objectAt("spec", "template", "metadata", "labels");
        return labels.isEmpty() || !ObjectMeta.of(object).labels().isEmpty()
                ? object
                : object.update("metadata", metadata -> MetadataOrder.put(metadata, "labels", labels));
    }

    @Override
    public String orphaningWarning() {
        return "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or"
                + " set propagationPolicy=Orphan to suppress this warning";
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> warnings = new ArrayList<>(PodSelection.nameWarnings(object));
        warnings.addAll(JobSpecRules.warnings(object.objectOrEmpty("spec"), null, SPEC));
        return warnings;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        boolean counted =
                ObjectMeta.of(updated).generation() != ObjectMeta.of(current).generation();
        return context.subresource().isEmpty() && counted
                ? JobSpecRules.warnings(updated.objectOrEmpty("spec"), current.objectOrEmpty("spec"), SPEC)
                : List.of();
    }
}
