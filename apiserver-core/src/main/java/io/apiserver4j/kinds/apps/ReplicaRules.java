// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apps;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.kinds.PodTemplateRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kinds of this group share: selectors, templates of pods that run for ever, and counts of status. */
final class ReplicaRules {
    static final ValuePath SPEC = ValuePath.of("spec");
    static final ValuePath STATUS = ValuePath.of("status");
    private static final List<String> ALWAYS = List.of("Always");

    private ReplicaRules() {}

    /** The spec of an object. */
    static ObjectValue spec(ObjectValue object) {
        return object.objectOrEmpty("spec");
    }

    /** The selector and template of deployments and replica sets, in this order. */
    static void selectorAndTemplate(ObjectValue spec, @Nullable ObjectValue before, FieldErrors errors) {
        selector(spec, "deployment", errors);
        LabelSelector selector = PodSelection.selector(spec);
        if (selector == null) {
            errors.invalid(SPEC.field("selector"), selectorOf(spec), "invalid label selector");
            return;
        }
        if (!selector.isEverything()) {
            PodSelection.matchesTemplate(selector, spec, SPEC, errors);
        }
        template(spec, before, errors);
        runsForEver(spec, "ReplicaSet", errors);
    }

    /** A selector that must be there and ask for something. */
    static void selector(ObjectValue spec, String noun, FieldErrors errors) {
        ObjectValue selector = spec.getObject("selector");
        ValuePath path = SPEC.field("selector");
        if (selector == null) {
            errors.required(path, "");
            return;
        }
        EmbeddedRules.labelSelector(selector, EmbeddedRules.Leniency.NONE, path, errors);
        notEmpty(selector, noun, errors);
    }

    static void notEmpty(ObjectValue selector, String noun, FieldErrors errors) {
        if (PodSelection.isEmpty(selector)) {
            errors.invalid(SPEC.field("selector"), selector, "empty selector is invalid for " + noun);
        }
    }

    static Value selectorOf(ObjectValue spec) {
        Value selector = spec.get("selector");
        return selector == null ? Value.nul() : selector;
    }

    /** The template of pods, as it stands. */
    static void template(ObjectValue spec, @Nullable ObjectValue before, FieldErrors errors) {
        PodTemplateRules.validate(
                spec.objectOrEmpty("template"),
                before == null ? null : before.objectOrEmpty("template"),
                SPEC.field("template"),
                errors);
    }

    /** Pods of this group are started again and have no deadline. */
    static void runsForEver(ObjectValue spec, String noun, FieldErrors errors) {
        ObjectValue pod = spec.objectAt("template", "spec");
        ValuePath path = SPEC.fields("template", "spec");
        String restart = pod.stringOrEmpty("restartPolicy");
        if (!restart.equals("Always")) {
            errors.notSupportedShown(path.field("restartPolicy"), FieldErrors.json(restart), ALWAYS);
        }
        if (FieldChecks.changed(pod.get("activeDeadlineSeconds"), null)) {
            errors.forbidden(
                    path.field("activeDeadlineSeconds"), "activeDeadlineSeconds in " + noun + " is not Supported");
        }
    }

    /** Warnings about the template. */
    static List<String> templateWarnings(ObjectValue object, @Nullable ObjectValue current) {
        return PodTemplateRules.warnings(
                object.objectAt("spec", "template"),
                current == null ? null : current.objectAt("spec", "template"),
                SPEC.field("template"));
    }

    /** Warnings of a change of the main resource: none where nothing was changed that the generation counts. */
    static List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        boolean counted =
                ObjectMeta.of(updated).generation() != ObjectMeta.of(current).generation();
        return context.subresource().isEmpty() && counted ? templateWarnings(updated, current) : List.of();
    }
}
