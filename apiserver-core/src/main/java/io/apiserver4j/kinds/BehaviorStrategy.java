// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The strategy of a built-in kind: what its facts say, then what its own rules add. */
final class BehaviorStrategy implements Strategy {
    private static final List<String> STATUS_METADATA =
            List.of("labels", "annotations", "finalizers", "ownerReferences");

    private final Behavior behavior;
    private final KindRules rules;
    private final boolean hasStatus;
    private final Supplier<@Nullable Value> emptyStatus;

    /**
     * A strategy.
     *
     * @param hasStatus true where the kind has a status subresource
     * @param emptyStatus the status of an object that has none yet, null where the wire leaves it out
     */
    BehaviorStrategy(Behavior behavior, KindRules rules, boolean hasStatus, Supplier<@Nullable Value> emptyStatus) {
        this.behavior = behavior;
        this.rules = rules;
        this.hasStatus = hasStatus;
        this.emptyStatus = emptyStatus;
    }

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        ObjectValue out = object;
        if (hasStatus && !behavior.keepsStatusOnCreate()) {
            out = withMember(out, "status", emptyStatus.get());
        }
        if (!behavior.generation().isEmpty()) {
            out = withGeneration(out, 1);
        }
        return rules.prepareForCreate(out, context);
    }

    private static ObjectValue withMember(ObjectValue object, String name, @Nullable Value value) {
        return value == null ? object.without(name) : object.with(name, value);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        ObjectValue out;
        if (context.subresource().isEmpty()) {
            out = hasStatus ? withMember(updated, "status", current.get("status")) : updated;
        } else if (context.subresource().equals("status")) {
            out = statusUpdate(updated, current);
        } else {
            out = updated;
        }
        out = rules.prepareForUpdate(out, current, context);
        return context.subresource().equals("status") ? out : counted(out, current);
    }

    /** Only the status and the metadata that the kind lets through. */
    private ObjectValue statusUpdate(ObjectValue updated, ObjectValue current) {
        ObjectValue before = current.objectOrEmpty("metadata");
        ObjectValue metadata = updated.objectOrEmpty("metadata");
        List<String> kept = switch (behavior.statusPath()) {
            case "metadata" -> STATUS_METADATA;
            case "labels" -> List.of("labels");
            case "owners" -> List.of("ownerReferences");
            default -> List.of();
        };
        for (String name : kept) {
            Value value = before.get(name);
            metadata = value == null ? metadata.without(name) : MetadataOrder.put(metadata, name, value);
        }
        return withMember(current, "status", updated.get("status")).with("metadata", metadata);
    }

    /** The generation goes up where something that counts has changed. */
    private ObjectValue counted(ObjectValue updated, ObjectValue current) {
        for (String member : behavior.generation()) {
            boolean changed = switch (member) {
                case "labels" ->
                    !ObjectMeta.of(updated)
                            .labels()
                            .equals(ObjectMeta.of(current).labels());
                case "annotations" ->
                    !ObjectMeta.of(updated)
                            .annotations()
                            .equals(ObjectMeta.of(current).annotations());
                default -> !Objects.equals(updated.get(member), current.get(member));
            };
            if (changed) {
                return withGeneration(updated, ObjectMeta.of(current).generation() + 1);
            }
        }
        return updated;
    }

    private static ObjectValue withGeneration(ObjectValue object, long generation) {
        return object.update("metadata", metadata -> MetadataOrder.put(metadata, "generation", Value.of(generation)));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        finalizers(object, errors);
        rules.validate(object, context, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        finalizers(updated, errors);
        rules.validateUpdate(updated, current, context, errors);
    }

    private void finalizers(ObjectValue object, FieldErrors errors) {
        if (behavior.qualifiedFinalizers()) {
            MetadataRules.qualifiedFinalizers(object.objectOrEmpty("metadata"), ValuePath.of("metadata"), errors);
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return rules.warningsOnCreate(object, context);
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return rules.warningsOnUpdate(updated, current, context);
    }

    @Override
    public ObjectValue canonicalize(ObjectValue object) {
        return rules.canonicalize(object);
    }

    @Override
    public boolean generatesNames() {
        return !behavior.prefixIsName();
    }

    @Override
    public boolean checksMetadataLast() {
        return behavior.metadataLast();
    }

    @Override
    public NameRule nameRule() {
        NameRule own = rules.nameRule();
        return own == null ? behavior.names() : own;
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return behavior.createOnUpdate();
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return behavior.unconditionalUpdate();
    }

    @Override
    public @Nullable Long gracePeriod(ObjectValue object, @Nullable Long requested) {
        return rules.gracePeriod(object, requested);
    }

    @Override
    public GarbageCollection garbageCollection() {
        return behavior.garbageCollection();
    }

    @Override
    public @Nullable ObjectValue firstDeletion(ObjectValue object, List<String> finalizers, Instant now) {
        return rules.firstDeletion(object, finalizers, now);
    }

    @Override
    public boolean holdsDeletion(ObjectValue object) {
        return rules.holdsDeletion(object);
    }

    @Override
    public boolean returnsDeletedObject() {
        return behavior.returnsDeletedObject();
    }

    @Override
    public void checkDelete(ObjectValue object, StrategyContext context) {
        rules.checkDelete(object, context);
    }

    @Override
    public @Nullable String orphaningWarning() {
        return rules.orphaningWarning();
    }

    @Override
    public List<String> resetFields(String subresource) {
        List<String> own = rules.resetFields(subresource);
        if (own != null) {
            return own;
        }
        if (subresource.isEmpty()) {
            return hasStatus ? List.of("status") : List.of();
        }
        if (!subresource.equals("status")) {
            return List.of();
        }
        List<String> fields = new ArrayList<>(List.of("spec"));
        switch (behavior.statusPath()) {
            case "metadata" -> fields.add("metadata");
            case "labels" -> fields.add("metadata.labels");
            case "owners" -> fields.add("metadata.ownerReferences");
            default -> {}
        }
        return fields;
    }

    @Override
    public Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        return rules.reserve(updated, current, context);
    }

    @Override
    public void afterDelete(ObjectValue object) {
        rules.afterDelete(object);
    }
}
