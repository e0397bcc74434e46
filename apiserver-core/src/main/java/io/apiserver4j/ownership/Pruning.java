// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a merged object what its applier had applied last time, does not apply this time, and nobody else owns.
 * Works in the version that the last configuration had.
 */
record Pruning(VersionedFields fields) {
    /**
     * Prunes.
     *
     * @param merged in this manager's version
     * @param entries with the applier's new entry
     * @param last the applier's entry before
     */
    ObjectValue prune(ObjectValue merged, ManagedFields entries, ManagedEntry.Id applier, ManagedEntry last) {
        ManagedEntry now = entries.find(applier);
        String version = last.apiVersion();
        Schema schema = fields.schemaIn(version);
        boolean nothingDropped = now != null
                && now.apiVersion().equals(version)
                && last.fields().difference(now.fields()).isEmpty();
        if (last.fields().isEmpty() || schema == null || nothingDropped) {
            return merged;
        }
        ObjectValue there = fields.in(version, merged);
        FieldSet lastSet = named(last.fields(), schema);
        ObjectValue pruned = remove(there, lastSet, schema);
        for (Map.Entry<String, FieldSet> owned :
                ownedByVersion(entries, version).entrySet()) {
            Schema schemaThere = fields.schemaIn(owned.getKey());
            if (schemaThere != null) {
                there = fields.in(owned.getKey(), there);
                pruned = fields.in(owned.getKey(), pruned);
                FieldSet kept = named(of(pruned, schemaThere), schemaThere).union(named(owned.getValue(), schemaThere));
                pruned =
                        remove(there, named(of(there, schemaThere), schemaThere).difference(kept), schemaThere);
            }
        }
        // what the removal took along without the applier having owned it comes back
        ObjectValue whole = fields.in(version, merged);
        FieldSet gone =
                named(of(whole, schema), schema).difference(named(of(fields.in(version, pruned), schema), schema));
        ObjectValue result = remove(whole, gone.intersection(lastSet), schema);
        return result == whole ? merged : fields.in(fields.apiVersion(), result);
    }

    /** What all entries own, the given version first. */
    private static Map<String, FieldSet> ownedByVersion(ManagedFields entries, String first) {
        Map<String, FieldSet> owned = new LinkedHashMap<>();
        owned.put(first, FieldSet.EMPTY);
        for (ManagedEntry entry : entries.entries()) {
            owned.merge(entry.apiVersion(), entry.fields(), FieldSet::union);
        }
        return owned;
    }

    private static FieldSet named(FieldSet set, Schema schema) {
        return SchemaSets.withNamedFields(set, schema);
    }

    private static FieldSet of(ObjectValue object, Schema schema) {
        return TypedFields.applied(object, Typing.seen(schema));
    }

    private static ObjectValue remove(ObjectValue object, FieldSet set, Schema schema) {
        Value left = TypedRemoval.remove(object, set, schema);
        @Nullable ObjectValue remaining = left.asObject();
        return remaining == null ? ObjectValue.EMPTY : remaining;
    }
}
