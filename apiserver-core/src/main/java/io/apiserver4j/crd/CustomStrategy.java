// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.ScalePaths;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How custom objects behave when they are written, as apiextensions' strategies do it: generation counts everything but
 * metadata (and status where that is a subresource); schema, objects within, lists and scale are checked.
 */
final class CustomStrategy implements Strategy {
    private static final String NEGATIVE = "should be a non-negative integer";
    private static final String TOO_LARGE = "should be less than or equal to 2147483647";

    private final String kind;
    private final String group;
    private final Map<String, CustomVersion> versions;
    private final CustomVersion stored;

    /**
     * A strategy.
     *
     * @param versions the served versions by name
     * @param stored the version that objects are kept in
     */
    CustomStrategy(String group, String kind, Map<String, CustomVersion> versions, CustomVersion stored) {
        this.group = group;
        this.kind = kind;
        this.versions = Map.copyOf(versions);
        this.stored = stored;
    }

    private CustomVersion version(StrategyContext context) {
        return versions.getOrDefault(context.version().version(), stored);
    }

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
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
    public void validateUpdate(
            ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        check(updated, current, context, errors);
    }

    private void check(
            ObjectValue object, @Nullable ObjectValue current, StrategyContext context, FieldErrors errors) {
        String said = object.stringOrEmpty("kind");
        if (!said.equals(kind)) {
            errors.invalid(ValuePath.of("kind"), said, "must be " + kind);
            return;
        }
        CustomVersion version = version(context);
        StructuralSchema schema = version.structure();
        SchemaValidation.check(schema, object, current, errors);
        ScalePaths scale = version.scale();
        if (scale != null) {
            scale(scale, object, context.subresource(), errors);
        }
        EmbeddedObjects.check(schema, object, true, ValuePath.ROOT, errors);
        FieldErrors twice = new FieldErrors();
        ListInvariants.check(schema, object, ValuePath.ROOT, twice);
        if (!twice.isEmpty() && current != null) {
            FieldErrors before = new FieldErrors();
            ListInvariants.check(schema, current, ValuePath.ROOT, before);
            twice = before.isEmpty() ? twice : new FieldErrors();
        }
        errors.addAll(twice);
    }

    private static void scale(ScalePaths paths, ObjectValue object, String subresource, FieldErrors errors) {
        if (!subresource.equals("status")) {
            count(paths.replicas(), object, errors);
        }
        count(paths.statusReplicas(), object, errors);
        Value selector = paths.selector().isEmpty()
                ? null
                : object.at(paths.selector().toArray(new String[0]));
        String text = selector == null ? null : selector.asString();
        if (text != null) {
            try {
                LabelSelector.parse(text);
            } catch (RuntimeException e) {
                errors.invalid(ValuePath.of(ScalePaths.text(paths.selector())), text, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void count(List<String> path, ObjectValue object, FieldErrors errors) {
        Value value = object.at(path.toArray(new String[0]));
        NumberValue number = value == null ? null : value.asNumber();
        if (number != null && number.longValue() < 0) {
            errors.invalid(ValuePath.of(ScalePaths.text(path)), number.longValue(), NEGATIVE);
        } else if (number != null && number.longValue() > Integer.MAX_VALUE) {
            errors.invalid(ValuePath.of(ScalePaths.text(path)), number.longValue(), TOO_LARGE);
        }
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
        Set<String> fields = new TreeSet<>(stored.structure().properties.keySet());
        fields.addAll(List.of("metadata", "spec"));
        fields.remove("status");
        return new ArrayList<>(fields);
    }

    @Override
    public String toString() {
        return "strategy of " + kind + "." + group;
    }
}
