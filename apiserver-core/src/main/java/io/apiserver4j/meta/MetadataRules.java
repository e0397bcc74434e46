// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules that the metadata of every object keeps, with Kubernetes' texts (k8s.io/apimachinery api/validation). All
 * methods take the {@code metadata} tree itself and its address, and add what they find to the errors.
 */
public final class MetadataRules {
    /** Bytes that the keys and values of all annotations of an object may have together. */
    public static final int MAX_ANNOTATION_BYTES = 256 << 10;

    private static final String IMMUTABLE = "field is immutable";
    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    /**
     * The rules of a new object, after its name was made. A kind whose rule looks at whole names only gives a rule that
     * finds nothing about prefixes.
     */
    public static void onCreate(
            ObjectValue metadata, boolean namespaced, NameRule rule, ValuePath path, FieldErrors errors) {
        String prefix = metadata.stringOrEmpty("generateName");
        if (!prefix.isEmpty()) {
            errors.invalidAll(path.field("generateName"), prefix, rule.problems(prefix, true));
        }
        String name = metadata.stringOrEmpty("name");
        if (name.isEmpty()) {
            errors.required(path.field("name"), "name or generateName is required");
        } else {
            errors.invalidAll(path.field("name"), name, rule.problems(name, false));
        }
        String namespace = metadata.stringOrEmpty("namespace");
        if (!namespaced) {
            if (!namespace.isEmpty()) {
                errors.forbidden(path.field("namespace"), "not allowed on this type");
            }
        } else if (namespace.isEmpty()) {
            errors.required(path.field("namespace"), "");
        } else {
            errors.invalidAll(path.field("namespace"), namespace, NameRules.dns1123Label(namespace));
        }
        generation(metadata, path, errors);
        labels(metadata.objectOrEmpty("labels"), path.field("labels"), errors);
        annotations(metadata.objectOrEmpty("annotations"), path.field("annotations"), errors);
        ownerReferences(metadata.arrayOrEmpty("ownerReferences"), path.field("ownerReferences"), errors);
        finalizers(metadata.arrayOrEmpty("finalizers").strings(), path.field("finalizers"), errors);
        managedFields(metadata.arrayOrEmpty("managedFields"), path.field("managedFields"), errors);
    }

    /** The rules of a change: what may not change, and the rules of what may. */
    public static void onUpdate(ObjectValue updated, ObjectValue current, ValuePath path, FieldErrors errors) {
        if (present(current, "deletionTimestamp")) {
            noNewFinalizers(updated, current, path.field("finalizers"), errors);
        }
        if (updated.stringOrEmpty("resourceVersion").isEmpty()) {
            errors.invalid(path.field("resourceVersion"), "", "must be specified for an update");
        }
        generation(updated, path, errors);
        long generation = updated.longOr("generation", 0);
        if (generation < current.longOr("generation", 0)) {
            errors.invalid(path.field("generation"), generation, "must not be decremented");
        }
        immutableText(updated, current, "name", path, errors);
        immutableText(updated, current, "namespace", path, errors);
        String uid = updated.stringOrEmpty("uid");
        if (!uid.equals(current.stringOrEmpty("uid"))) {
            errors.invalidShown(path.field("uid"), FieldErrors.json(uid), IMMUTABLE);
        }
        immutableTime(updated, current, "creationTimestamp", path, errors);
        immutableTime(updated, current, "deletionTimestamp", path, errors);
        Value grace = orNull(updated.get("deletionGracePeriodSeconds"));
        if (!grace.equals(orNull(current.get("deletionGracePeriodSeconds")))) {
            errors.invalid(path.field("deletionGracePeriodSeconds"), grace, IMMUTABLE);
        }
        labels(updated.objectOrEmpty("labels"), path.field("labels"), errors);
        annotations(updated.objectOrEmpty("annotations"), path.field("annotations"), errors);
        ownerReferences(updated.arrayOrEmpty("ownerReferences"), path.field("ownerReferences"), errors);
        managedFields(updated.arrayOrEmpty("managedFields"), path.field("managedFields"), errors);
    }

    /** Keys and values of labels. */
    public static void labels(ObjectValue labels, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < labels.size(); i++) {
            String key = labels.keyAt(i);
            errors.invalidAll(path, key, NameRules.qualifiedName(key));
            String value = labels.valueAt(i).asString();
            if (value != null) {
                errors.invalidAll(path, value, NameRules.labelValue(value));
            }
        }
    }

    /** Keys of annotations, in which case does not matter, and the size of all together. */
    public static void annotations(ObjectValue annotations, ValuePath path, FieldErrors errors) {
        long bytes = 0;
        for (int i = 0; i < annotations.size(); i++) {
            String key = annotations.keyAt(i);
            errors.invalidAll(path, key, NameRules.qualifiedName(key.toLowerCase(Locale.ROOT)));
            String value = annotations.valueAt(i).asString();
            bytes += GoText.byteLength(key) + (value == null ? 0 : GoText.byteLength(value));
        }
        if (bytes > MAX_ANNOTATION_BYTES) {
            errors.tooLong(path, MAX_ANNOTATION_BYTES);
        }
    }

    /** Owners: complete, none of them an event, one controller at most. */
    public static void ownerReferences(ArrayValue owners, ValuePath path, FieldErrors errors) {
        String firstController = "";
        for (int i = 0; i < owners.size(); i++) {
            ObjectValue owner = owners.objectAt(i);
            ownerReference(owner, path.index(i), errors);
            Value controller = owner.get("controller");
            if (controller == null || !Boolean.TRUE.equals(controller.asBoolean())) {
                continue;
            }
            String name = owner.stringOrEmpty("kind") + "/" + owner.stringOrEmpty("name");
            if (firstController.isEmpty()) {
                firstController = name;
            } else {
                errors.invalidShown(
                        path,
                        owners.map(one -> printedOwner(one)).toString(),
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                                + firstController + " and " + name);
            }
        }
    }

    private static void ownerReference(ObjectValue owner, ValuePath path, FieldErrors errors) {
        String apiVersion = owner.stringOrEmpty("apiVersion");
        int slash = apiVersion.indexOf('/');
        boolean readable = slash == apiVersion.lastIndexOf('/') && slash < apiVersion.length() - 1;
        if (apiVersion.isEmpty()) {
            errors.required(path.field("apiVersion"), "must not be empty");
        } else if (!readable) {
            errors.invalid(path.field("apiVersion"), apiVersion, "must be <group>/<version> or <version>");
        }
        for (String field : List.of("kind", "name", "uid")) {
            if (owner.stringOrEmpty(field).isEmpty()) {
                errors.required(path.field(field), "must not be empty");
            }
        }
        Kind kind = GroupVersion.parse(apiVersion).kind(owner.stringOrEmpty("kind"));
        if (kind.equals(new Kind("", "v1", "Event"))) {
            errors.invalidShown(path, printedOwner(owner).toString(), kind + " is disallowed from being an owner");
        }
    }

    /** An owner reference as messages print it: members in the order of the wire, the first four always there. */
    private static Value printedOwner(Value owner) {
        ObjectValue tree = owner.asObject();
        if (tree == null) {
            return owner;
        }
        ObjectEditor out = ObjectValue.builder();
        for (String field : List.of("apiVersion", "kind", "name", "uid")) {
            out.append(field, Value.of(tree.stringOrEmpty(field)));
        }
        for (String field : List.of("controller", "blockOwnerDeletion")) {
            Value value = tree.get(field);
            if (value != null && !value.isNull()) {
                out.append(field, value);
            }
        }
        return out.build();
    }

    /** Finalizers: label keys; the two that say what happens to dependents exclude each other. */
    public static void finalizers(List<String> finalizers, ValuePath path, FieldErrors errors) {
        for (String finalizer : finalizers) {
            errors.invalidAll(path, finalizer, NameRules.qualifiedName(finalizer));
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            errors.invalidShown(
                    path, FieldErrors.json(finalizers), "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    /**
     * The further rule of finalizers that most built-in kinds keep, on creation and on change: a name without a domain
     * must be one of Kubernetes' own.
     */
    public static void qualifiedFinalizers(ObjectValue metadata, ValuePath path, FieldErrors errors) {
        List<String> finalizers = metadata.arrayOrEmpty("finalizers").strings();
        for (int i = 0; i < finalizers.size(); i++) {
            qualifiedFinalizer(finalizers.get(i), path.field("finalizers").index(i), errors);
        }
    }

    /** As {@link #qualifiedFinalizers}, for one finalizer. */
    public static void qualifiedFinalizer(String finalizer, ValuePath path, FieldErrors errors) {
        if (finalizer.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(finalizer)) {
            errors.invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static void noNewFinalizers(ObjectValue updated, ObjectValue current, ValuePath path, FieldErrors errors) {
        Set<String> added = new TreeSet<>(updated.arrayOrEmpty("finalizers").strings());
        current.arrayOrEmpty("finalizers").strings().forEach(added::remove);
        if (!added.isEmpty()) {
            List<String> quoted = new ArrayList<>();
            added.forEach(one -> quoted.add(GoText.quote(one)));
            errors.forbidden(
                    path,
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                            + String.join(", ", quoted) + "}");
        }
    }

    /** The entries about field owners. */
    public static void managedFields(ArrayValue entries, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < entries.size(); i++) {
            ObjectValue entry = entries.objectAt(i);
            ValuePath at = path.index(i);
            String operation = entry.stringOrEmpty("operation");
            if (operation.isEmpty()) {
                errors.required(at.field("operation"), "must not be empty");
            } else if (!operation.equals("Apply") && !operation.equals("Update")) {
                errors.notSupportedShown(
                        at.field("operation"), FieldErrors.json(operation), List.of("Apply", "Update"));
            }
            String fieldsType = entry.stringOrEmpty("fieldsType");
            if (!fieldsType.isEmpty() && !fieldsType.equals("FieldsV1")) {
                errors.invalid(at.field("fieldsType"), fieldsType, "must be `FieldsV1`");
            }
            FieldRules.fieldManager(at.field("manager"), entry.stringOrEmpty("manager"), errors);
            if (GoText.byteLength(entry.stringOrEmpty("subresource")) > 256) {
                errors.tooLong(at.field("subresource"), 256);
            }
        }
    }

    private static void generation(ObjectValue metadata, ValuePath path, FieldErrors errors) {
        long generation = metadata.longOr("generation", 0);
        if (generation < 0) {
            errors.invalid(path.field("generation"), generation, "must be greater than or equal to 0");
        }
    }

    private static void immutableText(
            ObjectValue updated, ObjectValue current, String field, ValuePath path, FieldErrors errors) {
        String now = updated.stringOrEmpty(field);
        if (!now.equals(current.stringOrEmpty(field))) {
            errors.invalid(path.field(field), now, IMMUTABLE);
        }
    }

    private static void immutableTime(
            ObjectValue updated, ObjectValue current, String field, ValuePath path, FieldErrors errors) {
        Instant now = time(updated, field);
        if (!Objects.equals(now, time(current, field))) {
            String shown = now == null ? "null" : FieldErrors.json(Timestamp.format(now));
            errors.invalidShown(path.field(field), shown, IMMUTABLE);
        }
    }

    private static @Nullable Instant time(ObjectValue metadata, String field) {
        String text = metadata.stringOrEmpty(field);
        if (text.isEmpty()) {
            return null;
        }
        Instant time = Timestamp.parse(text);
        return Timestamp.isZero(time) ? null : time;
    }

    private static boolean present(ObjectValue metadata, String field) {
        return !metadata.stringOrEmpty(field).isEmpty();
    }

    private static Value orNull(@Nullable Value value) {
        return value == null ? Value.nul() : value;
    }
}
