// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The way of objects from client-side to server-side apply: the annotation in which kubectl keeps what it applied
 * last. Only the manager that kubectl uses by default is meant.
 */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String MANAGER = "kubectl";
    private static final int MAX_ANNOTATIONS = 256 << 10;

    private LastApplied() {}

    static boolean isUpgradable(String manager) {
        return manager.equals(MANAGER);
    }

    /**
     * The fields that client-side apply set and that still are as it set them: over those there is no conflict.
     *
     * @return null where there is no annotation, or none that can be used
     */
    static @Nullable FieldSet settled(ObjectValue live, Kind kind, Schema schema) {
        String annotation = annotation(live);
        if (annotation == null) {
            return null;
        }
        try {
            ObjectValue last =
                    JsonReader.read(annotation.getBytes(StandardCharsets.UTF_8)).asObject();
            if (last == null
                    || !kind.apiVersion().equals(last.getString("apiVersion"))
                    || TypedCheck.problem(last, schema) != null
                    || TypedCheck.problem(live, schema) != null) {
                return null;
            }
            TypedCompare.Changes since = TypedCompare.compare(last, live, schema);
            return TypedFields.applied(last, Typing.seen(schema))
                    .difference(since.modified())
                    .difference(since.added())
                    .difference(since.removed());
        } catch (JsonSyntaxException | TypedProblem e) {
            return null;
        }
    }

    private static @Nullable String annotation(ObjectValue object) {
        String value =
                object.objectOrEmpty("metadata").objectOrEmpty("annotations").getString(ANNOTATION);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The object with its annotation, where it has one, brought to what was applied now. */
    static ObjectValue refresh(ObjectValue object, ObjectValue applied) {
        String before = annotation(object);
        if (before == null) {
            return object;
        }
        ObjectValue metadata = applied.objectOrEmpty("metadata");
        ObjectValue annotations = metadata.getObject("annotations");
        ObjectValue config = annotations == null
                ? applied
                : applied.withAt(annotations.without(ANNOTATION), "metadata", "annotations");
        String text = JsonWriter.toString(sorted(config)) + "\n";
        ObjectValue changed =
                object.objectOrEmpty("metadata").objectOrEmpty("annotations").with(ANNOTATION, text);
        if (text.equals(before)) {
            return object;
        }
        if (size(changed) > MAX_ANNOTATIONS) {
            changed = changed.without(ANNOTATION);
        }
        return object.withAt(changed, "metadata", "annotations");
    }

    private static int size(ObjectValue annotations) {
        int size = 0;
        for (ObjectValue.Member member : annotations) {
            String text = member.value().asString();
            size += member.key().getBytes(StandardCharsets.UTF_8).length;
            size += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    /** The value with the members of all objects in the order of their names. */
    private static Value sorted(Value value) {
        ArrayValue array = value.asArray();
        if (array != null) {
            return array.map(LastApplied::sorted);
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            return value;
        }
        ObjectValue ordered = object.sorted();
        for (int i = 0; i < ordered.size(); i++) {
            ordered = ordered.with(ordered.keyAt(i), sorted(ordered.valueAt(i)));
        }
        return ordered;
    }
}
