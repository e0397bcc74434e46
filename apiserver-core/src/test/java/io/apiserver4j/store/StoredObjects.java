// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Stored objects for tests of those who read them. */
public final class StoredObjects {
    private StoredObjects() {}

    /** An object of a JSON text. */
    public static StoredObject of(String key, String json, long revision) {
        return of(new Entry(key, json.getBytes(StandardCharsets.UTF_8), revision, revision, 1, 0));
    }

    /** The object of an entry. */
    public static StoredObject of(Entry entry) {
        ObjectValue tree = JsonReader.readObject(entry.value());
        ObjectMeta meta = ObjectMeta.of(tree);
        return new StoredObject(
                entry.key(),
                entry.value(),
                entry.modRevision(),
                StoredJson.spliceOffset(entry.value()),
                new StoredObject.Header(meta.namespace(), meta.name(), meta.labels(), Map.of()),
                false);
    }

    /** The text of an object with its revision. */
    public static String text(StoredObject object) {
        StringBuilder out = new StringBuilder();
        object.jsonParts().forEach(part -> out.append(StandardCharsets.UTF_8.decode(part.duplicate())));
        return out.toString();
    }
}
