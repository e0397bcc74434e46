// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a kind behaves when it is written. Trees are in the stored version. All hooks default to nothing, so a kind without
 * behaviour needs no class. One instance serves all requests.
 */
public interface Strategy {
    /** A strategy without behaviour. */
    Strategy NONE = new Strategy() {};

    /** Takes out what a client may not set at creation (mostly status), and sets what the server decides. */
    default ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object;
    }

    /**
     * Puts back what a client may not change. For subresources the context names, everything else is put back.
     *
     * @param updated what the client sent, with system metadata already put back
     * @param current what is stored
     */
    default ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return updated;
    }

    /** Checks an object that is to be created; metadata was checked before. */
    default void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {}

    /** Checks a change; metadata was checked before. */
    default void validateUpdate(
            ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {}

    /** Texts that the client is warned with after a successful creation. */
    default List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return List.of();
    }

    /** Texts that the client is warned with after a successful change. */
    default List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return List.of();
    }

    /** Brings an object into the one form in which equal things are equal; runs after validation. */
    default ObjectValue canonicalize(ObjectValue object) {
        return object;
    }

    /** False where generateName is the name as it is: IP addresses. */
    default boolean generatesNames() {
        return true;
    }

    /** True where metadata is checked after all else, and only where nothing else is wrong: events of the core. */
    default boolean checksMetadataLast() {
        return false;
    }

    /** What names of this kind may look like. */
    default NameRule nameRule() {
        return NameRule.DNS_SUBDOMAIN;
    }

    /** True where a PUT may create. */
    default boolean allowsCreateOnUpdate() {
        return false;
    }

    /** True where a PUT without resourceVersion overwrites whatever is there. */
    default boolean allowsUnconditionalUpdate() {
        return true;
    }

    /**
     * The grace that a deletion gets, in seconds, or null where the kind knows no graceful deletion.
     *
     * @param requested what the client asked for, or null
     */
    default @Nullable Long gracePeriod(ObjectValue object, @Nullable Long requested) {
        return null;
    }

    /** What becomes of dependents when the client says nothing. */
    default GarbageCollection garbageCollection() {
        return GarbageCollection.DELETE_DEPENDENTS;
    }

    /** The ways in which a kind's dependents are treated by default. */
    enum GarbageCollection {
        DELETE_DEPENDENTS,
        ORPHAN_DEPENDENTS,
        /** The kind takes no part in garbage collection: finalizers for it are never set. */
        UNSUPPORTED
    }

    /**
     * The object as the first deletion leaves it, for kinds that begin to go by a mark of their own; null for the common way.
     *
     * @param finalizers the finalizers that the propagation policy asks for
     */
    default @Nullable ObjectValue firstDeletion(ObjectValue object, List<String> finalizers, Instant now) {
        return null;
    }

    /** True while something in the object itself (besides its finalizers) keeps it from going. */
    default boolean holdsDeletion(ObjectValue object) {
        return false;
    }

    /** True where a deletion answers with the object and not with a Status. */
    default boolean returnsDeletedObject() {
        return false;
    }

    /** Checked before anything is deleted; throws where the object may not go. */
    default void checkDelete(ObjectValue object, StrategyContext context) {}

    /** Fields (top-level member names, or dotted paths) that an update through a path may not own. */
    default List<String> resetFields(String subresource) {
        return subresource.isEmpty() ? List.of("status") : List.of("spec", "metadata");
    }

    /**
     * Something that is to be reserved before the object is kept, and given back where it is not (addresses, ports). Called
     * after defaulting and before validation, with null where there is no such object.
     */
    default Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        return Reservation.none(updated);
    }

    /** What a client is warned with that deletes without a word about dependents; null for nothing. */
    default @Nullable String orphaningWarning() {
        return null;
    }

    /** Is told of an object that is gone for good; must be quick. */
    default void afterDelete(ObjectValue object) {}
}
