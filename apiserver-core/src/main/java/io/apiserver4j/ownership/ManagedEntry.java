// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One entry of managedFields: what one manager owns by one kind of operation.
 *
 * @param id who: manager, operation, version (of updates only) and subresource
 * @param apiVersion the version that the fields are named in
 * @param time when the entry was last changed, as written, or null
 * @param wire the tree that the entry was read from, or null where it has changed since
 */
record ManagedEntry(
        Id id,
        String apiVersion,
        FieldSet fields,
        @Nullable String time,
        @Nullable ObjectValue wire) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    /** The time, which sorts as a text since it is in RFC 3339 and UTC; empty, which comes first, where there is none. */
    String timeText() {
        return time == null ? "" : time;
    }

    /** What makes entries different ones; an applier keeps its entry when it comes with another version. */
    record Id(String manager, String operation, String apiVersion, String subresource) {
        static Id applier(String manager, String subresource) {
            return new Id(manager, APPLY, "", subresource);
        }

        static Id updater(String manager, String apiVersion, String subresource) {
            return new Id(manager, UPDATE, apiVersion, subresource);
        }

        boolean isApply() {
            return operation.equals(APPLY);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Id that
                    && manager.equals(that.manager)
                    && operation.equals(that.operation)
                    && apiVersion.equals(that.apiVersion)
                    && subresource.equals(that.subresource);
        }

        @Override
        public int hashCode() { // by hand: a record's own is linked at run time, which costs a start milliseconds
            return 31 * (31 * manager.hashCode() + apiVersion.hashCode())
                    + operation.hashCode()
                    + subresource.hashCode();
        }

        /** The text by which equal times and conflicts are ordered: the entry as JSON, without fields and time. */
        String text() {
            ObjectEditor out = ObjectValue.builder();
            if (!manager.isEmpty()) {
                out.put("manager", manager);
            }
            out.put("operation", operation);
            if (!apiVersion.isEmpty()) {
                out.put("apiVersion", apiVersion);
            }
            if (!subresource.isEmpty()) {
                out.put("subresource", subresource);
            }
            return JsonWriter.toString(out.build());
        }
    }

    static ManagedEntry made(Id id, String apiVersion, FieldSet fields, @Nullable String time) {
        return new ManagedEntry(id, apiVersion, fields, time, null);
    }

    ManagedEntry withFields(FieldSet changed) {
        return changed == fields ? this : new ManagedEntry(id, apiVersion, changed, time, null);
    }

    ManagedEntry withTime(@Nullable String changed) {
        return new ManagedEntry(id, apiVersion, fields, changed, null);
    }

    ObjectValue toValue() {
        ObjectValue known = wire;
        if (known != null) {
            return known;
        }
        ObjectEditor out = ObjectValue.builder();
        if (!id.manager().isEmpty()) {
            out.append("manager", Value.of(id.manager()));
        }
        out.append("operation", Value.of(id.operation()));
        out.append("apiVersion", Value.of(apiVersion));
        if (time != null) {
            out.append("time", Value.of(time));
        }
        out.append("fieldsType", Value.of("FieldsV1"));
        out.append("fieldsV1", fields.toWire());
        if (!id.subresource().isEmpty()) {
            out.append("subresource", Value.of(id.subresource()));
        }
        return out.build();
    }
}
