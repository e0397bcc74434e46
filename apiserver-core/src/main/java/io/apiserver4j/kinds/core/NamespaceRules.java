// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.NamespaceLabel;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces: active from the beginning, terminating from the first deletion on, and gone when the finalizers of their spec
 * are, which only the subresource {@code finalize} takes away.
 */
public final class NamespaceRules implements KindRules {
    private static final String KUBERNETES = "kubernetes";
    private static final ValuePath FINALIZERS = ValuePath.of("spec", "finalizers");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        List<String> finalizers = finalizers(object);
        ObjectValue out = object.with("status", ObjectValue.of("phase", Value.of("Active")));
        return finalizers.contains(KUBERNETES)
                ? out
                : out.withAt(
                        object.objectOrEmpty("spec").arrayOrEmpty("finalizers").plus(Value.of(KUBERNETES)),
                        "spec",
                        "finalizers");
    }

    private static List<String> finalizers(ObjectValue namespace) {
        return namespace.objectOrEmpty("spec").arrayOrEmpty("finalizers").strings();
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return switch (context.subresource()) {
            case "finalize" -> updated.withOrWithout("status", current.get("status"));
            case "" -> {
                ObjectValue spec = updated.objectOrEmpty("spec");
                yield updated.with(
                        "spec",
                        spec.withOrWithout(
                                "finalizers", current.objectOrEmpty("spec").get("finalizers")));
            }
            default -> updated;
        };
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        for (String finalizer : finalizers(object)) {
            finalizer(finalizer, FINALIZERS, errors);
        }
    }

    private static void finalizer(String finalizer, ValuePath path, FieldErrors errors) {
        MetadataRules.finalizers(List.of(finalizer), path, errors);
        MetadataRules.qualifiedFinalizer(finalizer, path, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        switch (context.subresource()) {
            case "finalize" -> {
                List<String> finalizers = finalizers(updated);
                for (int i = 0; i < finalizers.size(); i++) {
                    finalizer(finalizers.get(i), FINALIZERS.index(i), errors);
                }
            }
            case "status" -> phase(updated, errors);
            default -> validate(updated, context, errors);
        }
    }

    private static void phase(ObjectValue namespace, FieldErrors errors) {
        boolean deleting = ObjectMeta.of(namespace).isDeleting();
        String phase = namespace.objectOrEmpty("status").stringOrEmpty("phase");
        String wanted = deleting ? "Terminating" : "Active";
        if (!phase.equals(wanted)) {
            errors.invalidShown(
                    ValuePath.of("status", "Phase"),
                    FieldErrors.json(phase),
                    "may only be '" + wanted + "' if `deletionTimestamp` is " + (deleting ? "not empty" : "empty"));
        }
    }

    @Override
    public ObjectValue canonicalize(ObjectValue object) {
        return NamespaceLabel.set(object);
    }

    @Override
    public ObjectValue firstDeletion(ObjectValue object, List<String> finalizers, Instant now) {
        ObjectValue marked = object.update("metadata", metadata -> {
            ObjectValue out = MetadataOrder.put(metadata, "deletionTimestamp", Value.of(Timestamp.format(now)));
            return finalizers.isEmpty()
                    ? out.without("finalizers")
                    : MetadataOrder.put(out, "finalizers", ArrayValue.ofStrings(finalizers));
        });
        return marked.withAt(Value.of("Terminating"), "status", "phase");
    }

    @Override
    public boolean holdsDeletion(ObjectValue object) {
        return !finalizers(object).isEmpty();
    }

    @Override
    public @Nullable List<String> resetFields(String subresource) {
        return subresource.equals("finalize") ? List.of("status") : null;
    }
}
