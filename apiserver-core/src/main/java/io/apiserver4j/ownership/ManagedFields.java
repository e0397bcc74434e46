// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one object's {@code metadata.managedFields}. Immutable; reading remembers the trees, so entries that
 * do not change are written back as they were.
 */
public final class ManagedFields {
    /** No entries. */
    static final ManagedFields EMPTY = new ManagedFields(List.of(), null);

    private static final int MAX_SUBRESOURCE = 256;

    private final List<ManagedEntry> entries;
    private final @Nullable ArrayValue source;

    private ManagedFields(List<ManagedEntry> entries, @Nullable ArrayValue source) {
        this.entries = entries;
        this.source = source;
    }

    static ManagedFields of(List<ManagedEntry> entries) {
        return entries.isEmpty() ? EMPTY : new ManagedFields(entries, null);
    }

    private static int compare(ManagedEntry one, ManagedEntry other) {
        ManagedEntry.Id a = one.id();
        ManagedEntry.Id b = other.id();
        int order = a.operation().compareTo(b.operation());
        order = order != 0 ? order : one.timeText().compareTo(other.timeText());
        order = order != 0 ? order : FieldStep.compareTexts(a.manager(), b.manager());
        order = order != 0 ? order : one.apiVersion().compareTo(other.apiVersion());
        return order != 0 ? order : a.subresource().compareTo(b.subresource());
    }

    /**
     * Reads entries; where two have the same identity the later one stands.
     *
     * @throws IllegalArgumentException where an entry is broken, with the text of the real server
     */
    static ManagedFields read(@Nullable Value managedFields) {
        ArrayValue array = managedFields == null ? null : managedFields.asArray();
        if (array == null || array.isEmpty()) {
            return EMPTY;
        }
        List<ManagedEntry> entries = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            ManagedEntry entry = readEntry(array.objectAt(i), i);
            entries.removeIf(one -> one.id().equals(entry.id()));
            entries.add(entry);
        }
        return new ManagedFields(entries, entries.size() == array.size() ? array : null);
    }

    private static ManagedEntry readEntry(ObjectValue entry, int position) {
        String operation = entry.stringOrEmpty("operation");
        if (!operation.equals(ManagedEntry.APPLY) && !operation.equals(ManagedEntry.UPDATE)) {
            throw new IllegalArgumentException("operation must be `Apply` or `Update`");
        }
        String apiVersion = entry.stringOrEmpty("apiVersion");
        if (apiVersion.isEmpty()) {
            throw new IllegalArgumentException("apiVersion must not be empty");
        }
        String fieldsType = entry.stringOrEmpty("fieldsType");
        if (fieldsType.isEmpty()) {
            throw new IllegalArgumentException("missing fieldsType in managed fields entry " + position);
        }
        if (!fieldsType.equals("FieldsV1")) {
            throw new IllegalArgumentException(
                    "invalid fieldsType " + GoText.quote(fieldsType) + " in managed fields entry " + position);
        }
        boolean apply = operation.equals(ManagedEntry.APPLY);
        ManagedEntry.Id id = new ManagedEntry.Id(
                entry.stringOrEmpty("manager"), operation, apply ? "" : apiVersion, entry.stringOrEmpty("subresource"));
        Value fieldsV1 = entry.get("fieldsV1");
        FieldSet fields = FieldSet.EMPTY;
        if (fieldsV1 != null && !fieldsV1.isNull()) {
            ObjectValue tree = fieldsV1.asObject();
            if (tree == null) {
                throw new IllegalArgumentException("error decoding set: expect { or n, but found " + fieldsV1);
            }
            try {
                fields = FieldSet.read(tree);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("error decoding set: " + e.getMessage(), e);
            }
        }
        return new ManagedEntry(id, apiVersion, fields, entry.getString("time"), entry);
    }

    /** What is wrong with entries that came from outside, or null; for the warning after mutating admission. */
    public static @Nullable String problem(@Nullable Value managedFields) {
        try {
            read(managedFields);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** The general rules for entries, checked with the other rules for metadata. */
    public static void validate(ArrayValue managedFields, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < managedFields.size(); i++) {
            ObjectValue entry = managedFields.objectAt(i);
            ValuePath at = path.index(i);
            String operation = entry.stringOrEmpty("operation");
            if (operation.isEmpty()) {
                errors.required(at.field("operation"), "must not be empty");
            } else if (!operation.equals(ManagedEntry.APPLY) && !operation.equals(ManagedEntry.UPDATE)) {
                errors.notSupported(at.field("operation"), operation, List.of(ManagedEntry.APPLY, ManagedEntry.UPDATE));
            }
            String fieldsType = entry.stringOrEmpty("fieldsType");
            if (!fieldsType.isEmpty() && !fieldsType.equals("FieldsV1")) {
                errors.invalid(at.field("fieldsType"), fieldsType, "must be `FieldsV1`");
            }
            ManagerNames.validate(entry.stringOrEmpty("manager"), at.field("manager"), errors);
            if (entry.stringOrEmpty("subresource").getBytes(StandardCharsets.UTF_8).length > MAX_SUBRESOURCE) {
                errors.tooLong(at.field("subresource"), MAX_SUBRESOURCE);
            }
        }
    }

    /** True where a client asks for all entries to be dropped: an empty list, or a list of one empty entry. */
    static boolean isReset(@Nullable Value managedFields) {
        ArrayValue array = managedFields == null ? null : managedFields.asArray();
        return array != null
                && (array.isEmpty() || array.size() == 1 && array.get(0).equals(ObjectValue.EMPTY));
    }

    /**
     * True where the document of a client asks for all entries to be dropped. To be asked before the document is read
     * as its kind, which loses the empty list; then the object that is handed to the field manager gets the empty list
     * back.
     */
    public static boolean asksForReset(ObjectValue document) {
        return isReset(of(document));
    }

    List<ManagedEntry> entries() {
        return entries;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Nullable
    ManagedEntry find(ManagedEntry.Id id) {
        for (ManagedEntry entry : entries) {
            if (entry.id().equals(id)) {
                return entry;
            }
        }
        return null;
    }

    /** The same entries, one put in place of the one with its identity, or added. */
    ManagedFields with(ManagedEntry entry) {
        List<ManagedEntry> changed = new ArrayList<>(entries);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).id().equals(entry.id())) {
                changed.set(i, entry);
                return new ManagedFields(changed, null);
            }
        }
        changed.add(entry);
        return new ManagedFields(changed, null);
    }

    ManagedFields without(ManagedEntry.Id id) {
        List<ManagedEntry> changed = new ArrayList<>(entries);
        changed.removeIf(entry -> entry.id().equals(id));
        return of(changed);
    }

    /** The entries on the wire, in their order: by operation, time, manager, version, subresource; null for none. */
    @Nullable
    ArrayValue toValue() {
        if (entries.isEmpty()) {
            return null;
        }
        List<ManagedEntry> sorted = new ArrayList<>(entries);
        sorted.sort(ManagedFields::compare);
        List<Value> values = new ArrayList<>(sorted.size());
        for (ManagedEntry entry : sorted) {
            values.add(entry.toValue());
        }
        ArrayValue known = source;
        return known != null && known.items().equals(values) ? known : ArrayValue.of(values);
    }

    /** The object with these entries in its metadata, or without the member where there are none. */
    ObjectValue putInto(ObjectValue object) {
        ObjectValue metadata = object.getObject("metadata");
        ArrayValue value = toValue();
        if (metadata == null) {
            return value == null ? object : object.with("metadata", ObjectValue.of("managedFields", value));
        }
        Value current = metadata.get("managedFields");
        if (value == null ? current == null : value.equals(current)) {
            return object;
        }
        return object.with("metadata", metadata.withOrWithout("managedFields", value));
    }

    /** The member of an object's metadata, as it is. */
    static @Nullable Value of(ObjectValue object) {
        return object.objectOrEmpty("metadata").get("managedFields");
    }

    /**
     * Puts back the times of entries where nothing else of an object changed, so that a write that changes nothing
     * stays one. To be called last before an update is stored.
     */
    public static ObjectValue keepTimes(ObjectValue live, ObjectValue updated) {
        Value before = of(live);
        Value after = of(updated);
        ArrayValue old = before == null ? null : before.asArray();
        ArrayValue fresh = after == null ? null : after.asArray();
        if (old == null || fresh == null || old == fresh || old.size() != fresh.size() || fresh.isEmpty()) {
            return updated;
        }
        boolean timesDiffer = false;
        for (int i = 0; i < old.size(); i++) {
            ObjectValue one = old.objectAt(i);
            ObjectValue other = fresh.objectAt(i);
            if (one != other) {
                if (!one.without("time").equals(other.without("time"))) {
                    return updated;
                }
                timesDiffer |= !one.equals(other);
            }
        }
        if (!timesDiffer || !withoutEntries(live).equals(withoutEntries(updated))) {
            return updated;
        }
        return updated.withAt(old, "metadata", "managedFields");
    }

    private static ObjectValue withoutEntries(ObjectValue object) {
        return object.withoutAt("metadata", "managedFields");
    }
}
