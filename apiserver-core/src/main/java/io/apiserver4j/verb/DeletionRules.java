// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deletion means for an object: grace, finalizers and the policy for dependents. Pure functions; the rules are those
 * of kube-apiserver's generic registry.
 */
final class DeletionRules {
    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    private DeletionRules() {}

    /** What is to be done next with an object that is deleted. */
    sealed interface Step {
        /** Keep this changed object; it goes later. */
        record Mark(ObjectValue object) implements Step {}

        /** Keep this changed object, then remove it. */
        record MarkAndRemove(ObjectValue object) implements Step {}

        /** Remove it. */
        record Remove() implements Step {}

        /** It is going already; nothing to do. */
        record Pending() implements Step {}
    }

    /** The next step for an object. */
    static Step next(ObjectValue object, DeleteOptions options, Strategy strategy, Instant now) {
        ObjectMeta meta = ObjectMeta.of(object);
        List<String> finalizers = finalizers(meta, options, strategy);
        if (!meta.isDeleting()) {
            ObjectValue first = strategy.firstDeletion(object, finalizers, now);
            if (first != null) {
                return new Step.Mark(first);
            }
        } else if (strategy.holdsDeletion(object)) {
            return new Step.Pending();
        }
        Long grace = strategy.gracePeriod(object, options.gracePeriodSeconds());
        ObjectValue marked = object;
        boolean graceful = false;
        if (grace != null && meta.isDeleting()) {
            Long before = meta.tree().getLong("deletionGracePeriodSeconds");
            if (before != null) {
                Long asked = options.gracePeriodSeconds();
                if (asked == null || asked >= before) {
                    return new Step.Pending();
                }
                Instant shorter = Timestamp.parse(String.valueOf(meta.deletionTimestamp()))
                        .minusSeconds(before)
                        .plusSeconds(grace);
                marked = mark(object, shorter, grace);
                graceful = true;
            }
        } else if (grace != null) {
            marked = bump(mark(object, now.plusSeconds(grace), grace), meta);
            graceful = true;
        }
        boolean changed = !new HashSet<>(finalizers).equals(new HashSet<>(meta.finalizers()));
        if (changed) {
            marked = withFinalizers(marked, finalizers);
        }
        if (!finalizers.isEmpty()) {
            return new Step.Mark(graceful ? marked : markNow(marked, meta, now));
        }
        if (!graceful || grace == null) {
            return new Step.Remove();
        }
        return grace > 0 ? new Step.Mark(marked) : new Step.MarkAndRemove(marked);
    }

    private static ObjectValue markNow(ObjectValue object, ObjectMeta meta, Instant now) {
        String known = meta.deletionTimestamp();
        if (known == null) {
            return bump(mark(object, now, 0), meta);
        }
        Instant when = Timestamp.parse(known);
        return mark(object, when.isBefore(now) ? when : now, 0);
    }

    private static ObjectValue mark(ObjectValue object, Instant when, long grace) {
        return object.update(
                "metadata",
                metadata -> MetadataOrder.put(
                        MetadataOrder.put(metadata, "deletionTimestamp", Value.of(Timestamp.format(when))),
                        "deletionGracePeriodSeconds",
                        Value.of(grace)));
    }

    private static ObjectValue bump(ObjectValue object, ObjectMeta meta) {
        return meta.generation() > 0
                ? object.withAt(Value.of(meta.generation() + 1), "metadata", "generation")
                : object;
    }

    static ObjectValue withFinalizers(ObjectValue object, List<String> finalizers) {
        return object.update(
                "metadata",
                metadata -> finalizers.isEmpty()
                        ? metadata.without("finalizers")
                        : MetadataOrder.put(metadata, "finalizers", ArrayValue.ofStrings(finalizers)));
    }

    /** The finalizers after the policy for dependents had its say. */
    static List<String> finalizers(ObjectMeta meta, DeleteOptions options, Strategy strategy) {
        if (strategy.garbageCollection() == Strategy.GarbageCollection.UNSUPPORTED) {
            return meta.finalizers();
        }
        List<String> out = new ArrayList<>(meta.finalizers());
        boolean orphan = orphans(meta, options, strategy);
        boolean foreground = foreground(meta, options);
        boolean had = out.contains(ORPHAN) == orphan && out.contains(FOREGROUND) == foreground;
        if (had) {
            return out;
        }
        out.removeIf(one -> one.equals(ORPHAN) || one.equals(FOREGROUND));
        if (orphan) {
            out.add(ORPHAN);
        }
        if (foreground) {
            out.add(FOREGROUND);
        }
        return out;
    }

    private static boolean orphans(ObjectMeta meta, DeleteOptions options, Strategy strategy) {
        Boolean explicit = options.orphanDependents();
        if (explicit != null) {
            return explicit;
        }
        String policy = options.propagationPolicy();
        if (policy != null) {
            return policy.equals("Orphan");
        }
        return meta.finalizers().contains(ORPHAN)
                || !meta.finalizers().contains(FOREGROUND)
                        && strategy.garbageCollection() == Strategy.GarbageCollection.ORPHAN_DEPENDENTS;
    }

    private static boolean foreground(ObjectMeta meta, DeleteOptions options) {
        if (options.orphanDependents() != null) {
            return false;
        }
        String policy = options.propagationPolicy();
        if (policy != null) {
            return policy.equals("Foreground");
        }
        return meta.finalizers().contains(FOREGROUND);
    }

    /** True where an update took the last thing away that kept a deleted object. */
    static boolean goesWithUpdate(ObjectValue updated, ObjectValue current, Strategy strategy) {
        ObjectMeta before = ObjectMeta.of(current);
        Long grace = before.tree().getLong("deletionGracePeriodSeconds");
        return before.isDeleting()
                && ObjectMeta.of(updated).finalizers().isEmpty()
                && (grace == null || grace == 0)
                && !strategy.holdsDeletion(updated);
    }

    /** The text of a broken precondition, or null where all hold. */
    static @Nullable String brokenPrecondition(DeleteOptions options, ObjectMeta meta) {
        String uid = options.uid();
        if (uid != null && !uid.equals(meta.uid())) {
            return "the UID in the precondition (" + uid + ") does not match the UID in record (" + meta.uid()
                    + "). The object might have been deleted and then recreated";
        }
        String version = options.resourceVersion();
        if (version != null && !version.equals(meta.resourceVersion())) {
            return "the ResourceVersion in the precondition (" + version
                    + ") does not match the ResourceVersion in record (" + meta.resourceVersion()
                    + "). The object might have been modified";
        }
        return null;
    }
}
