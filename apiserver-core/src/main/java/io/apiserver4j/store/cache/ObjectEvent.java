// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import io.apiserver4j.store.StoredObject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object, shared by all watchers of it together with the frames it was encoded to.
 *
 * @param object the object after the change; of a deletion, the last state under the revision of the deletion
 * @param previous the object before the change, or null where there was none
 */
public record ObjectEvent(
        Type type, StoredObject object, @Nullable StoredObject previous, ConcurrentHashMap<Object, Object> frames) {
    /** What happened, in the words of watch events. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** An event without frames yet. */
    public static ObjectEvent of(Type type, StoredObject object, @Nullable StoredObject previous) {
        return new ObjectEvent(type, object, previous, new ConcurrentHashMap<>(4));
    }

    /** The revision of the change. */
    public long revision() {
        return object.revision();
    }

    /** This event for those who watch a selection that the object left: its last state in the selection, deleted now. */
    public ObjectEvent left() {
        StoredObject last = previous == null ? object : previous;
        return frame("left", () -> of(Type.DELETED, last.at(object.revision()), last));
    }

    /** The frame of a form, made at most once for all who ask. */
    @SuppressWarnings("unchecked") // a key is used with one type of frame only
    public <T> T frame(Object form, Supplier<T> encoder) {
        Object known = frames.get(form);
        if (known == null) {
            known = frames.computeIfAbsent(form, f -> encoder.get());
        }
        return (T) known;
    }
}
