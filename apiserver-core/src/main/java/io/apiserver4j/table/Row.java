// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a cell is computed from. Belongs to one thread and one table; cells of one row share what was derived once. */
final class Row {
    private final ObjectValue object;
    private final Instant now;
    private final List<ObjectValue> list;
    private @Nullable Object derived;

    /**
     * A row of a table.
     *
     * @param list the objects of the whole table where the column set asks for them, otherwise empty
     */
    Row(ObjectValue object, Instant now, List<ObjectValue> list) {
        this.object = object;
        this.now = now;
        this.list = list;
    }

    ObjectValue object() {
        return object;
    }

    ObjectMeta meta() {
        return ObjectMeta.of(object);
    }

    ObjectValue spec() {
        return object.objectOrEmpty("spec");
    }

    ObjectValue status() {
        return object.objectOrEmpty("status");
    }

    Instant now() {
        return now;
    }

    List<ObjectValue> list() {
        return list;
    }

    /** What a function makes of the object, computed for the first cell that asks; one row derives one type only. */
    <T> T derive(Class<T> type, Function<ObjectValue, T> function) {
        if (!type.isInstance(derived)) {
            derived = function.apply(object);
        }
        return type.cast(derived);
    }
}
