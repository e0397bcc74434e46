// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How custom objects behave when they are written, as apiextensions' strategies do it: generation counts everything but
 * metadata (and status where that is a subresource); schema, objects within, lists and scale are checked.
 */
final class CustomStrategy implements Strategy {
    private static final String NOT_CHECKED = "some validation rules were not checked because the object was invalid;"
            + " correct the existing errors to complete validation";
    /** After these expressions are not looked at. */
    private static final Set<FieldError.Type> BLOCKING = EnumSet.of(
            FieldError.Type.NOT_SUPPORTED,
            FieldError.Type.REQUIRED,
            FieldError.Type.TOO_LONG,
            FieldError.Type.TOO_MANY,
            FieldError.Type.TYPE_INVALID);

    private final String kind;
    private final String group;
    private final Map<String, CustomVersion> versions;
    private final CustomVersion stored;
    private final BooleanSupplier terminating;

    /**
     * A strategy.
     *
     * @param terminating true while the definition is being deleted: nothing is created then
     * @param versions the served versions by name
     * @param stored the version that objects are kept in
     */
    CustomStrategy(
            String group,
            String kind,
            Map<String, CustomVersion> versions,
            CustomVersion stored,
            BooleanSupplier terminating) {
        this.group = group;
        this.kind = kind;
        this.versions = Map.copyOf(versions);
        this.stored = stored;
        this.terminating = terminating;
    }

    private CustomVersion version(StrategyContext context) {
        return versions.getOrDefault(context.version().version(), stored);
    }

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        if (terminating.getAsBoolean()) {
            throw Status.forbidden(
                            group,
                            context.definition().plural(),
                            ObjectMeta.of(object).name(),
                            "create not allowed while custom resource definition is terminating")
                    .asException();
        }
        ObjectValue out = version(context).hasStatus() ? object.without("status") : object;
        return withGeneration(out, 1);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        Value before = current.get("status");
        if (context.subresource().equals("status")) {
            ObjectValue metadata = current.objectOrEmpty("metadata");
            Value entries = updated.objectOrEmpty("metadata").get("managedFields");
            metadata = entries == null
                    ? metadata.without("managedFields")
                    : MetadataOrder.put(metadata, "managedFields", entries);
            return withOrWithout(current, "status", updated.get("status")).with("metadata", metadata);
        }
        boolean hasStatus = version(context).hasStatus();
        ObjectValue out = hasStatus ? withOrWithout(updated, "status", before) : updated;
        return isSame(out, current, hasStatus)
                ? out
                : withGeneration(out, ObjectMeta.of(current).generation() + 1);
    }

    private static ObjectValue withOrWithout(ObjectValue object, String name, @Nullable Value value) {
        return value == null ? object.without(name) : object.with(name, value);
    }

    private static boolean isSame(ObjectValue updated, ObjectValue current, boolean hasStatus) {
        Set<String> names = new TreeSet<>();
        for (ObjectValue one : List.of(updated, current)) {
            for (int i = 0; i < one.size(); i++) {
                names.add(one.keyAt(i));
            }
        }
        names.remove("metadata");
        names.remove("apiVersion");
        if (hasStatus) {
            names.remove("status");
        }
        for (String name : names) {
            if (!Objects.equals(updated.get(name), current.get(name))) {
                return false;
            }
        }
        return true;
    }

    private static ObjectValue withGeneration(ObjectValue object, long generation) {
        return object.update("metadata", metadata -> MetadataOrder.put(metadata, "generation", Value.of(generation)));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, null, context, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        check(updated, current, context, errors);
    }

    private void check(ObjectValue object, @Nullable ObjectValue current, StrategyContext context, FieldErrors errors) {
        String said = object.stringOrEmpty("kind");
        if (!said.equals(kind)) {
            errors.invalid(ValuePath.of("kind"), said, "must be " + kind);
            return;
        }
        CustomVersion version = version(context);
        StructuralSchema schema = version.structure();
        ScaleRules scale = new ScaleRules(version.scale(), errors);
        if (context.subresource().equals("status")) {
            status(schema, object, current, errors);
            scale.status(object);
        } else {
            SchemaValidation.check(schema, object, current, errors);
            scale.spec(object);
            scale.status(object);
            EmbeddedObjects.check(schema, object, true, ValuePath.ROOT, errors);
        }
        FieldErrors twice = new FieldErrors();
        ListInvariants.check(schema, object, ValuePath.ROOT, twice);
        if (!twice.isEmpty() && current != null) {
            FieldErrors before = new FieldErrors();
            ListInvariants.check(schema, current, ValuePath.ROOT, before);
            twice = before.isEmpty() ? twice : new FieldErrors();
        }
        errors.addAll(twice);
        ExpressionRules expressions = version.expressions();
        if (expressions == null) {
            return;
        }
        if (errors.list().stream().anyMatch(one -> BLOCKING.contains(one.kind()))) {
            errors.add(new FieldError(FieldError.Type.INVALID, "<nil>", "Invalid value: null: " + NOT_CHECKED));
        } else {
            expressions.check(object, current, errors);
        }
    }

    private static void status(
            StructuralSchema schema, ObjectValue object, @Nullable ObjectValue current, FieldErrors errors) {
        Value status = object.get("status");
        StructuralSchema part = schema.properties.get("status");
        if (status != null && part != null) {
            Value before = current == null ? null : current.get("status");
            SchemaValidation.checkPart(part, status, before, ValuePath.of("status"), errors);
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return FinalizerWarnings.of(object, null);
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().equals("status") ? List.of() : FinalizerWarnings.of(updated, current);
    }

    /** Members by the alphabet, as objects without a Go type are written. */
    @Override
    public ObjectValue canonicalize(ObjectValue object) {
        return SortedTree.of(object);
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    @Override
    public List<String> resetFields(String subresource) {
        if (subresource.isEmpty()) {
            return stored.hasStatus() ? List.of("status") : List.of();
        }
        if (!subresource.equals("status")) {
            return List.of();
        }
        return List.of("metadata", "spec");
    }

    @Override
    public String toString() {
        return "strategy of " + kind + "." + group;
    }
}
