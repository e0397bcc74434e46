// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What tokens are checked against: which objects live, read once per change of an object. */
final class LiveFacts {
    private static final int REMEMBERED = 10_000;

    private final Function<String, ObjectStore> objects;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** An object that lives; {@code deleted} is when its deletion began. */
    record Facts(String uid, @Nullable Instant deleted) {
        boolean deletedBefore(Instant time) {
            Instant at = deleted;
            return at != null && at.isBefore(time);
        }
    }

    private record Known(long revision, Facts facts) {}

    LiveFacts(Function<String, ObjectStore> objects) {
        this.objects = objects;
    }

    /** The facts of an object, or null where it is not there. */
    @Nullable
    Facts find(String resource, String namespace, String name) {
        StoredObject object = objects.apply(resource).recent(namespace, name);
        if (object == null) {
            return null;
        }
        Known last = known.get(object.key());
        if (last != null && last.revision() == object.revision()) {
            return last.facts();
        }
        Facts facts = facts(ObjectMeta.of(object.tree()));
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(object.key(), new Known(object.revision(), facts));
        return facts;
    }

    /** The object itself, or null. */
    @Nullable
    ObjectValue tree(String resource, String namespace, String name) {
        StoredObject object = objects.apply(resource).recent(namespace, name);
        return object == null ? null : object.tree();
    }

    private static Facts facts(ObjectMeta meta) {
        return new Facts(meta.uid(), deleted(meta));
    }

    static @Nullable Instant deleted(ObjectMeta meta) {
        String text = meta.deletionTimestamp();
        try {
            return text == null ? null : Timestamp.parse(text);
        } catch (ScalarSyntaxException e) {
            return Instant.EPOCH;
        }
    }
}
