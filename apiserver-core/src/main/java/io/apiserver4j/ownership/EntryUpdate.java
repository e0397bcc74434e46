// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to the entries when an object changes. */
record EntryUpdate(VersionedFields fields) {
    /** Fields of metadata and the type that nobody ever owns. */
    private static final FieldSet STRIPPED = stripped();

    private static FieldSet stripped() {
        FieldSet set = FieldSet.of("apiVersion").union(FieldSet.of("kind")).union(FieldSet.of("metadata"));
        for (String name : List.of(
                "name",
                "namespace",
                "creationTimestamp",
                "selfLink",
                "uid",
                "clusterName",
                "generation",
                "managedFields",
                "resourceVersion")) {
            set = set.union(FieldSet.of("metadata", name));
        }
        return set;
    }

    /** The set without the fields that nobody ever owns. */
    static FieldSet strip(FieldSet set) {
        return set.difference(STRIPPED);
    }

    /**
     * The entries after an update: the writer owns what it added or changed, everybody else loses that and what is
     * gone.
     *
     * @throws TypedProblem where a value does not fit the schema
     */
    ManagedFields update(
            ObjectValue before, ObjectValue after, ManagedFields managed, ManagedEntry.Id writer, String now) {
        TypedCompare.Changes changes = fields.changes(before, after, fields.apiVersion(), fields.schema());
        FieldSet written = strip(changes.written());
        ManagedFields others = settle(before, after, reconciled(managed), changes, null, true);
        if (written.isEmpty()) {
            return others;
        }
        ManagedEntry previous = others.find(writer);
        FieldSet owned = previous == null ? written : written.union(previous.fields());
        return others.with(ManagedEntry.made(writer, fields.apiVersion(), owned, now));
    }

    /** The entries read by the schema as it is now; those of versions that are gone fall away. */
    ManagedFields reconciled(ManagedFields managed) {
        List<ManagedEntry> out = null;
        List<ManagedEntry> entries = managed.entries();
        for (int i = 0; i < entries.size(); i++) {
            ManagedEntry entry = entries.get(i);
            Schema schema = fields.schemaIn(entry.apiVersion());
            ManagedEntry read = schema == null ? null : entry.withFields(SchemaSets.reconciled(entry.fields(), schema));
            if (out == null && read != entry) {
                out = new ArrayList<>(entries.subList(0, i));
            }
            if (out != null && read != null) {
                out.add(read);
            }
        }
        return out == null ? managed : ManagedFields.of(out);
    }

    /**
     * Takes from all entries what changed or is gone, and drops those that are left empty.
     *
     * @param own the changes in this manager's version
     * @param applier the entry that is left alone, or null
     * @throws ApplyConflict where somebody owns a changed field and {@code force} is false
     */
    ManagedFields settle(
            ObjectValue before,
            ObjectValue after,
            ManagedFields managed,
            TypedCompare.Changes own,
            ManagedEntry.@Nullable Id applier,
            boolean force) {
        Map<String, TypedCompare.Changes> byVersion = new HashMap<>(4);
        byVersion.put(fields.apiVersion(), own);
        List<ManagedEntry> out = new ArrayList<>(managed.entries().size());
        List<ManagedEntry> disputed = new ArrayList<>(0);
        boolean same = true;
        for (ManagedEntry entry : managed.entries()) {
            ManagedEntry left = entry;
            if (!entry.id().equals(applier)) {
                TypedCompare.Changes changes = changesIn(entry.apiVersion(), before, after, byVersion);
                if (changes == null) {
                    same = false;
                    continue;
                }
                if (!changes.isEmpty()) {
                    FieldSet lost = entry.fields().intersection(changes.written());
                    if (!lost.isEmpty()) {
                        disputed.add(entry.withFields(lost));
                    }
                    left = entry.withFields(entry.fields().difference(lost).difference(changes.removed()));
                }
            }
            if (left.fields().isEmpty()) {
                same = false;
            } else {
                same &= left == entry;
                out.add(left);
            }
        }
        if (!force && !disputed.isEmpty()) {
            throw ApplyConflict.over(disputed);
        }
        return same ? managed : ManagedFields.of(out);
    }

    private TypedCompare.@Nullable Changes changesIn(
            String version, ObjectValue before, ObjectValue after, Map<String, TypedCompare.Changes> byVersion) {
        TypedCompare.Changes known = byVersion.get(version);
        if (known == null) {
            Schema schema = fields.schemaIn(version);
            if (schema == null) {
                return null;
            }
            known = fields.changes(before, after, version, schema);
            byVersion.put(version, known);
        }
        return known;
    }
}
