// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One apply: merge, take away what the applier no longer says, settle with the other managers. */
record ApplyRun(VersionedFields fields, EntryUpdate update) {
    FieldManager.Applied run(
            @Nullable ObjectValue live,
            ObjectValue applied,
            ManagedFields managed,
            ManagedEntry.Id applier,
            boolean force,
            String now) {
        Value sent = ManagedFields.of(applied);
        if (sent != null && !sent.isNull()) {
            throw Status.badRequest("metadata.managedFields must be nil").asException();
        }
        String problem = TypedCheck.problem(applied, fields.schema());
        if (problem != null) {
            throw failed("failed to create typed patch object (" + shown(applied) + "): " + problem);
        }
        FieldSet wanted = fields.reset().without(TypedFields.applied(applied, Typing.seen(fields.schema())));
        if (live == null) {
            ManagedEntry entry = entry(applier, EntryUpdate.strip(wanted), now, null);
            return new FieldManager.Applied(with(ManagedFields.EMPTY, entry).putInto(applied), true);
        }
        try {
            return onto(live, applied, wanted, update.reconciled(managed), applier, force, now);
        } catch (TypedProblem e) {
            throw failed("failed to create typed live object (" + shown(live) + "): " + e.getMessage());
        }
    }

    private FieldManager.Applied onto(
            ObjectValue live,
            ObjectValue applied,
            FieldSet wanted,
            ManagedFields managed,
            ManagedEntry.Id applier,
            boolean force,
            String now) {
        ObjectValue merged = object(ApplyMerge.merge(live, applied, fields.schema()));
        ManagedEntry last = managed.find(applier);
        ManagedFields entries = managed.with(
                ManagedEntry.made(applier, fields.apiVersion(), wanted, last == null ? null : last.time()));
        if (last != null) {
            merged = new Pruning(fields).prune(merged, entries, applier, last);
        }
        TypedCompare.Changes changes = fields.changes(live, merged, fields.apiVersion(), fields.schema());
        entries = update.settle(live, merged, entries, changes, applier, force);
        boolean changed = !Typing.same(live, merged);
        entries = with(entries, entry(applier, EntryUpdate.strip(wanted), changed ? now : null, last));
        return new FieldManager.Applied(entries.putInto(changed ? merged : live), changed);
    }

    /** The applier's entry; the one it had before where it would be the same. */
    private ManagedEntry entry(
            ManagedEntry.Id applier, FieldSet owned, @Nullable String changedAt, @Nullable ManagedEntry last) {
        String time = changedAt != null || last == null ? changedAt : last.time();
        if (last != null
                && last.apiVersion().equals(fields.apiVersion())
                && Objects.equals(time, last.time())
                && last.fields().equals(owned)) {
            return last;
        }
        return ManagedEntry.made(applier, fields.apiVersion(), owned, time);
    }

    private static ManagedFields with(ManagedFields entries, ManagedEntry entry) {
        return entry.fields().isEmpty() ? entries.without(entry.id()) : entries.with(entry);
    }

    private static ObjectValue object(Value value) {
        ObjectValue object = value.asObject();
        if (object == null) {
            throw new TypedProblem("expected map, got " + value.typeName());
        }
        return object;
    }

    /** 500 with nothing but a text, as errors that nobody classified are answered. */
    static ApiException failed(String message) {
        return new Status("Failure", 500, "", message, null, 0).asException();
    }

    private static String shown(ObjectValue object) {
        ObjectMeta meta = ObjectMeta.of(object);
        return meta.namespace() + "/" + meta.name() + "; " + shown(Kind.of(object));
    }

    /** A kind as Go prints it: the group is there even when it is empty. */
    static String shown(Kind kind) {
        return kind.group() + "/" + kind.version() + ", Kind=" + kind.kind();
    }
}
