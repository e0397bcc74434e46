// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one kind does beyond what {@code facts/behavior.json} says of it. All hooks default to nothing. Trees are in the
 * stored version, in canonical form with defaults filled in; they stay so: members go where the wire has them.
 *
 * <p>An implementation is found by its resource in {@link Strategies}. It is stateless, or says in its javadoc what it keeps.
 */
public interface KindRules {
    /** No rules. */
    KindRules NONE = new KindRules() {};

    /** After the common part (status reset, generation) was done. */
    default ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object;
    }

    /** After the common part (the other side put back, generation) was done; the context names the subresource. */
    default ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return updated;
    }

    /** Checks a new object; its metadata was checked before. */
    default void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {}

    /**
     * Checks a change of the main resource or of a subresource (the context names it); metadata was checked before. Does not
     * run {@link #validate}: where Kubernetes checks a changed object like a new one, the implementation calls it.
     */
    default void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            validate(updated, context, errors);
        }
    }

    /** Warnings of a creation. */
    default List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return List.of();
    }

    /** Warnings of a change. */
    default List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return List.of();
    }

    /** The canonical form, after validation. */
    default ObjectValue canonicalize(ObjectValue object) {
        return object;
    }

    /** What names may look like, or null for what behavior.json says. */
    default @Nullable NameRule nameRule() {
        return null;
    }

    /** The grace of a deletion in seconds, or null where the kind knows none. */
    default @Nullable Long gracePeriod(ObjectValue object, @Nullable Long requested) {
        return null;
    }

    /** As {@link io.apiserver4j.resource.Strategy#firstDeletion}. */
    default @Nullable ObjectValue firstDeletion(ObjectValue object, List<String> finalizers, Instant now) {
        return null;
    }

    /** As {@link io.apiserver4j.resource.Strategy#holdsDeletion}. */
    default boolean holdsDeletion(ObjectValue object) {
        return false;
    }

    /** As {@link io.apiserver4j.resource.Strategy#checkDelete}. */
    default void checkDelete(ObjectValue object, StrategyContext context) {}

    /** As {@link io.apiserver4j.resource.Strategy#orphaningWarning}. */
    default @Nullable String orphaningWarning() {
        return null;
    }

    /** As {@link io.apiserver4j.resource.Strategy#reserve}. */
    default Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        return Reservation.none(updated);
    }

    /** As {@link io.apiserver4j.resource.Strategy#afterDelete}. */
    default void afterDelete(ObjectValue object) {}

    /** Fields that an update through a path may not own, beyond the common ones; null for the common ones. */
    default @Nullable List<String> resetFields(String subresource) {
        return null;
    }
}
