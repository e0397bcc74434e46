// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries entries between an object and its scale: who owns the object's replicas owns {@code spec.replicas} of the
 * scale, and the other way round.
 *
 * @param replicasPaths per version of the object ({@code apps/v1}) the path of its replicas with dots
 */
public record ScaleOwnership(Map<String, String> replicasPaths) {
    private static final String SCALE_VERSION = "autoscaling/v1";
    private static final FieldSet REPLICAS = FieldSet.of("spec", "replicas");

    private @Nullable FieldSet path(String apiVersion) {
        String path = replicasPaths.get(apiVersion);
        return path == null || path.isEmpty() ? null : FieldSet.of(path.split("\\."));
    }

    /**
     * The entries of a scale: those of the object that own its replicas.
     *
     * @throws IllegalArgumentException where an entry is broken
     */
    public @Nullable ArrayValue toScale(@Nullable Value parentEntries) {
        List<ManagedEntry> out = new ArrayList<>();
        for (ManagedEntry entry : ManagedFields.read(parentEntries).entries()) {
            FieldSet path = path(entry.apiVersion());
            if (path != null && !entry.fields().intersection(path).isEmpty()) {
                // the identity keeps the object's version, by which the way back finds the entry
                out.add(ManagedEntry.made(entry.id(), SCALE_VERSION, REPLICAS, entry.time()));
            }
        }
        return ManagedFields.of(out).toValue();
    }

    /**
     * The entries of the object after a write to its scale.
     *
     * @param parentEntries those of the object before
     * @param scaleEntries those of the scale afterwards
     * @param apiVersion the version of the object in which new owners of its replicas are noted
     * @throws IllegalArgumentException where an entry is broken
     */
    public @Nullable ArrayValue toParent(
            @Nullable Value parentEntries, @Nullable Value scaleEntries, String apiVersion) {
        ManagedFields parent = ManagedFields.read(parentEntries);
        List<ManagedEntry> scale =
                new ArrayList<>(ManagedFields.read(scaleEntries).entries());
        List<ManagedEntry> out = new ArrayList<>();
        for (ManagedEntry entry : parent.entries()) {
            if (!replicasPaths.containsKey(entry.apiVersion())) {
                continue;
            }
            FieldSet path = path(entry.apiVersion());
            boolean kept = path == null
                    || entry.fields().intersection(path).isEmpty()
                    || scale.removeIf(one -> one.id().equals(entry.id()));
            ManagedEntry left = kept || path == null
                    ? entry
                    : entry.withFields(entry.fields().difference(path));
            if (!left.fields().isEmpty()) {
                out.add(left);
            }
        }
        FieldSet path = path(apiVersion);
        for (ManagedEntry entry : scale) {
            if (path != null && !entry.fields().intersection(REPLICAS).isEmpty()) {
                // only appliers are found again: entries of updates name the scale's version, so new owners have no
                // time
                ManagedEntry known = parent.find(entry.id());
                out.removeIf(one -> one.id().equals(entry.id()));
                out.add(ManagedEntry.made(entry.id(), apiVersion, path, known == null ? null : known.time()));
            }
        }
        return ManagedFields.of(out).toValue();
    }
}
