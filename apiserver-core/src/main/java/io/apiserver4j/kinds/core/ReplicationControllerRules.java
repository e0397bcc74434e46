// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.kinds.PodTemplateRules;
import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Replication controllers. */
public final class ReplicationControllerRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final String NON_CONVERTIBLE = "non-convertible.kubernetes.io";

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return withTemplate(object, null);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? withTemplate(updated, template(current)) : updated;
    }

    private static ObjectValue withTemplate(ObjectValue object, @Nullable ObjectValue old) {
        ObjectValue template = template(object);
        return template == null ? object : object.withAt(PodTemplateRules.prepared(template, old), "spec", "template");
    }

    private static @Nullable ObjectValue template(ObjectValue object) {
        return object.objectOrEmpty("spec").getObject("template");
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object.objectOrEmpty("spec"), null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated.objectOrEmpty("status"), ValuePath.of("status"), errors);
            return;
        }
        spec(updated.objectOrEmpty("spec"), template(current), errors);
        nonConvertible(updated, current, errors);
    }

    private static void spec(ObjectValue spec, @Nullable ObjectValue oldTemplate, FieldErrors errors) {
        ObjectValue selector = spec.objectOrEmpty("selector");
        if (selector.isEmpty()) {
            errors.required(SPEC.field("selector"), "");
        }
        template(spec, selector, oldTemplate, errors);
        // numbers are told of last: these rules are declared with the type, not written with the others
        if (!spec.has("replicas")) {
            errors.required(SPEC.field("replicas"), "");
        }
        FieldChecks.nonNegative(spec, SPEC, errors, "replicas", "minReadySeconds");
    }

    private static void template(
            ObjectValue spec, ObjectValue selector, @Nullable ObjectValue old, FieldErrors errors) {
        ValuePath path = SPEC.field("template");
        ObjectValue template = spec.getObject("template");
        if (template == null) {
            errors.required(path, "");
            return;
        }
        if (!selector.isEmpty()) {
            PodSelection.matchesTemplate(LabelSelector.ofLabels(selector), spec, SPEC, errors);
        }
        PodTemplateRules.validate(template, old, path, errors);
        ObjectValue pod = template.objectOrEmpty("spec");
        String policy = pod.stringOrEmpty("restartPolicy");
        if (!policy.equals("Always")) {
            errors.notSupportedShown(path.fields("spec", "restartPolicy"), FieldErrors.json(policy), List.of("Always"));
        }
        if (pod.has("activeDeadlineSeconds")) {
            errors.forbidden(
                    path.fields("spec", "activeDeadlineSeconds"),
                    "activeDeadlineSeconds in ReplicationController is not Supported");
        }
    }

    private static void status(ObjectValue status, ValuePath path, FieldErrors errors) {
        FieldChecks.nonNegative(
                status,
                path,
                errors,
                "replicas",
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas",
                "observedGeneration");
        FieldChecks.notAbove(
                status,
                "replicas",
                "cannot be greater than status.replicas",
                path,
                errors,
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas");
        FieldChecks.notAbove(
                status, "readyReplicas", "cannot be greater than readyReplicas", path, errors, "availableReplicas");
    }

    /** Annotations of an old release say which fields could not be taken over from another kind. */
    private static void nonConvertible(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        for (ObjectValue.Member one : current.objectAt("metadata", "annotations")) {
            String[] parts = one.key().split("/", -1);
            if (!one.key().startsWith(NON_CONVERTIBLE) || parts.length != 2) {
                continue;
            }
            Value selector = updated.at("spec", "selector");
            if (!parts[1].contains("selector")) {
                errors.add(new FieldError(
                        FieldError.Type.NOT_FOUND,
                        parts[1],
                        "Not found: " + FieldErrors.shown(one.value()) + ": unknown non-convertible field"));
            } else if (!Objects.equals(selector, current.at("spec", "selector"))) {
                errors.invalidShown(
                        SPEC.field("selector"), FieldErrors.shown(selector), "cannot update non-convertible selector");
            }
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> out = new ArrayList<>(PodSelection.nameWarnings(object));
        out.addAll(warnings(object));
        return out;
    }

    private static List<String> warnings(ObjectValue object) {
        ObjectValue template = template(object);
        return template == null ? List.of() : PodTemplateRules.warnings(template, null, SPEC.field("template"));
    }

    /** Kubernetes looks at the template of before here, not at the new one. */
    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        boolean same =
                ObjectMeta.of(updated).generation() == ObjectMeta.of(current).generation();
        return same || !context.subresource().isEmpty() ? List.of() : warnings(current);
    }
}
