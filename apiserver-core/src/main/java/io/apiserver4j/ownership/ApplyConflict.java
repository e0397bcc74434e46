// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fields that somebody applied with other values than their managers want: who holds what. Stays inside this package.
 */
final class ApplyConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SortedMap<String, Holder> holders;

    /** One manager and the disputed fields it holds. */
    private record Holder(ManagedEntry.Id id, FieldSet fields) {}

    private ApplyConflict(SortedMap<String, Holder> holders) {
        super("apply conflict", null, false, false);
        this.holders = holders;
    }

    /** A conflict over these fields, per entry. */
    static ApplyConflict over(List<ManagedEntry> disputed) {
        SortedMap<String, Holder> holders = new TreeMap<>(FieldStep::compareTexts);
        for (ManagedEntry entry : disputed) {
            holders.put(entry.id().text(), new Holder(entry.id(), entry.fields()));
        }
        return new ApplyConflict(holders);
    }

    /** All disputed fields. */
    FieldSet fields() {
        FieldSet all = FieldSet.EMPTY;
        for (Holder holder : holders.values()) {
            all = all.union(holder.fields());
        }
        return all;
    }

    /** The conflict over all but some fields. */
    ApplyConflict without(FieldSet settled) {
        SortedMap<String, Holder> left = new TreeMap<>(FieldStep::compareTexts);
        holders.forEach((text, holder) -> {
            FieldSet fields = holder.fields().difference(settled);
            if (!fields.isEmpty()) {
                left.put(text, new Holder(holder.id(), fields));
            }
        });
        return new ApplyConflict(left);
    }

    /** The 409 that clients see. */
    ApiException toException() {
        List<Status.Cause> causes = new ArrayList<>();
        StringBuilder grouped = new StringBuilder();
        for (Holder holder : holders.values()) {
            String manager = shown(holder.id());
            grouped.append(grouped.length() > 0 ? "\n" : "")
                    .append("conflicts with ")
                    .append(manager)
                    .append(':');
            holder.fields().forEach(path -> {
                StringBuilder field = new StringBuilder();
                path.forEach(field::append);
                grouped.append("\n- ").append(field);
                causes.add(new Status.Cause("FieldManagerConflict", "conflict with " + manager, field.toString()));
            });
        }
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: " + causes.get(0).message() + ": "
                        + causes.get(0).field()
                : "Apply failed with " + causes.size() + " conflicts: " + grouped;
        return new Status("Failure", 409, "Conflict", message, new Status.Details("", "", "", "", causes), 0)
                .asException();
    }

    private static String shown(ManagedEntry.Id id) {
        StringBuilder out = new StringBuilder(GoText.quote(id.manager()));
        if (!id.subresource().isEmpty()) {
            out.append(" with subresource ").append(GoText.quote(id.subresource()));
        }
        if (!id.isApply()) {
            out.append(" using ").append(id.apiVersion());
        }
        return out.toString();
    }
}
