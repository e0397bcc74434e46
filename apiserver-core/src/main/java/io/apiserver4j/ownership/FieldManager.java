// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code metadata.managedFields} of one served version of a kind, or of one of its subresources. Rules are those
 * of apimachinery's managedfields and of structured-merge-diff. One instance serves all requests; build it once.
 */
public final class FieldManager {
    private static final String UNKNOWN = "unknown";
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private final Kind kind;
    private final Schema schema;
    private final String subresource;
    private final boolean custom;
    private final EntryUpdate update;
    private final ApplyRun apply;
    private volatile @Nullable ObjectValue zero;

    /**
     * The outcome of an apply.
     *
     * @param object the merged object with its entries, neither read as its kind nor defaulted; the live object itself
     *     where nothing at all changed
     * @param changed false where the live object already was as applied (its entries may have changed all the same)
     */
    public record Applied(ObjectValue object, boolean changed) {}

    /**
     * A field manager.
     *
     * @param kind the kind of the objects, in the version of the requests (for a scale: autoscaling/v1 Scale)
     * @param schema the shape of that kind
     * @param subresource empty for the object itself
     * @param reset the fields that requests to this path cannot change
     * @param custom true for kinds that users bring
     * @param versions the other versions of the kind
     */
    public FieldManager(
            Kind kind, Schema schema, String subresource, ResetFields reset, boolean custom, ObjectVersions versions) {
        this.kind = kind;
        this.schema = schema;
        this.subresource = subresource;
        this.custom = custom;
        VersionedFields fields = new VersionedFields(kind.apiVersion(), schema, reset, versions);
        this.update = new EntryUpdate(fields);
        this.apply = new ApplyRun(fields, update);
    }

    /**
     * The bookkeeping of every write that is no apply, to be done before admission.
     *
     * @param live the object before, in this version; null where the object is being created
     * @param updated the object after, in this version. An empty {@code metadata.managedFields} in it, or one with a
     *     single empty entry, asks for all entries to be dropped; other entries are taken where they are sound
     * @param manager who writes; empty reads as {@code unknown}
     * @param now the time of the write
     * @return the updated object with its entries; never fails: where a value does not fit the schema, the entries stay
     */
    public ObjectValue afterUpdate(@Nullable ObjectValue live, ObjectValue updated, String manager, Instant now) {
        if (updated == live) {
            return updated;
        }
        ManagedFields managed = start(live, updated);
        if (managed.isEmpty() && live != null) {
            return ManagedFields.EMPTY.putInto(updated);
        }
        try {
            return afterChange(live == null ? zero() : live, updated, managed, manager, now)
                    .putInto(updated);
        } catch (TypedProblem | ApiException e) {
            // as the real server: a write does not fail for its bookkeeping
            Value before = live == null ? null : ManagedFields.of(live);
            return before == null
                    ? ManagedFields.EMPTY.putInto(updated)
                    : updated.withAt(before, "metadata", "managedFields");
        }
    }

    /** The entries to start from: what the client sent, where that is sound, else those of the live object. */
    private ManagedFields start(@Nullable ObjectValue live, ObjectValue updated) {
        Value current = live == null ? null : ManagedFields.of(live);
        if (!subresource.isEmpty()) {
            return readOrEmpty(current);
        }
        Value sent = ManagedFields.of(updated);
        if (sent != current && ManagedFields.isReset(sent)) {
            return ManagedFields.EMPTY;
        }
        if (sent == null || sent == current || sent.equals(current)) {
            return readOrEmpty(current);
        }
        ManagedFields given = readOrEmpty(sent);
        return given.isEmpty() ? readOrEmpty(current) : given;
    }

    private static ManagedFields readOrEmpty(@Nullable Value managedFields) {
        try {
            return ManagedFields.read(managedFields);
        } catch (IllegalArgumentException e) {
            return ManagedFields.EMPTY;
        }
    }

    private ManagedFields afterChange(
            ObjectValue before, ObjectValue after, ManagedFields managed, String manager, Instant now) {
        ManagedEntry.Id id =
                ManagedEntry.Id.updater(manager.isEmpty() ? UNKNOWN : manager, kind.apiVersion(), subresource);
        return EntryCap.cap(update.update(
                before.withoutAt("metadata", "managedFields"),
                after.withoutAt("metadata", "managedFields"),
                managed,
                id,
                time(now)));
    }

    /**
     * Applies a configuration to an object.
     *
     * @param live the object as it is, in this version; null where there is none
     * @param applied the configuration as it was sent
     * @param manager who applies
     * @param force true to take fields that others own
     * @param now the time of the request
     * @throws ApiException 400 for another kind or a configuration with entries, 409 for conflicts, 500 where the
     *     configuration does not fit the schema
     */
    public Applied apply(@Nullable ObjectValue live, ObjectValue applied, String manager, boolean force, Instant now) {
        if (!Kind.of(applied).equals(kind)) {
            throw Status.badRequest("invalid object type: " + ApplyRun.shown(Kind.of(applied)))
                    .asException();
        }
        ManagedFields managed = startApply(live, now);
        ManagedEntry.Id id = ManagedEntry.Id.applier(manager.isEmpty() ? UNKNOWN : manager, subresource);
        Applied result;
        try {
            result = apply.run(live, applied, managed, id, force, time(now));
        } catch (ApplyConflict conflict) {
            FieldSet allowed =
                    LastApplied.isUpgradable(manager) && live != null ? LastApplied.settled(live, kind, schema) : null;
            if (allowed == null) {
                throw conflict.toException();
            }
            if (!conflict.fields().difference(allowed).isEmpty()) {
                throw conflict.without(allowed).toException();
            }
            result = apply.run(live, applied, managed, id, true, time(now));
        }
        if (!LastApplied.isUpgradable(manager)) {
            return result;
        }
        ObjectValue annotated = LastApplied.refresh(result.object(), applied);
        return annotated == result.object() ? result : new Applied(annotated, result.changed());
    }

    private ManagedFields startApply(@Nullable ObjectValue live, Instant now) {
        if (live == null) {
            return ManagedFields.EMPTY;
        }
        ManagedFields managed;
        try {
            managed = ManagedFields.read(ManagedFields.of(live));
        } catch (IllegalArgumentException e) {
            throw ApplyRun.failed("failed to decode managed fields: " + e.getMessage());
        }
        if (!managed.isEmpty()) {
            return managed;
        }
        try {
            return afterChange(zero(), live, ManagedFields.EMPTY, BEFORE_FIRST_APPLY, now);
        } catch (TypedProblem e) {
            throw ApplyRun.failed("failed to create manager for existing fields: " + e.getMessage());
        }
    }

    /**
     * The object that a creation starts from. A built-in kind has fields that are written whether set or not; who
     * creates an object and leaves them as they are does not own them.
     */
    private ObjectValue zero() {
        ObjectValue known = zero;
        if (known == null) {
            known = ObjectValue.of("apiVersion", Value.of(kind.apiVersion()), "kind", Value.of(kind.kind()));
            if (!custom) {
                known = TypedReader.read(schema, known, new DecodeFindings());
            }
            zero = known;
        }
        return known;
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
