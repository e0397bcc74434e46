// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The stored form: the object's JSON without its resourceVersion, which only the store decides. Reading an answer out of it
 * means writing the bytes with the revision spliced in.
 */
final class StoredJson {
    /** Members of metadata that stand before the resourceVersion in the wire order of typed kinds. */
    private static final Set<String> BEFORE = Set.of("name", "generateName", "namespace", "selfLink", "uid");

    private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.US_ASCII);

    private StoredJson() {}

    /** The bytes to store. */
    static byte[] encode(ObjectValue object) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        ObjectValue bare =
                metadata.has("resourceVersion") ? object.with("metadata", metadata.without("resourceVersion")) : object;
        JsonWriter writer = new JsonWriter(2048);
        writer.write(bare);
        return writer.toByteArray();
    }

    /** The tree of stored bytes, with its resourceVersion. */
    static ObjectValue decode(byte[] bytes, long revision) {
        return withRevision(JsonReader.readObject(bytes), revision);
    }

    /** A tree with its resourceVersion put where the wire has it. */
    static ObjectValue withRevision(ObjectValue object, long revision) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        String text = Long.toString(revision);
        if (metadata.has("resourceVersion")) {
            return object.with("metadata", metadata.with("resourceVersion", text));
        }
        if (MetadataOrder.isAlphabetical(metadata)) {
            return object.with(
                    "metadata", MetadataOrder.put(metadata, "resourceVersion", io.apiserver4j.value.Value.of(text)));
        }
        ObjectEditor editor = ObjectValue.builder();
        boolean put = false;
        for (int i = 0; i < metadata.size(); i++) {
            if (!put && !BEFORE.contains(metadata.keyAt(i))) {
                editor.append("resourceVersion", io.apiserver4j.value.Value.of(text));
                put = true;
            }
            editor.append(metadata.keyAt(i), metadata.valueAt(i));
        }
        if (!put) {
            editor.put("resourceVersion", text);
        }
        return object.with("metadata", editor.build());
    }

    /** Where the text {@code ,"resourceVersion":"n"} goes in stored bytes: right behind the member that precedes it. */
    static int spliceOffset(byte[] json) {
        int at = indexOfMetadata(json);
        int end = at;
        boolean first = true;
        boolean alphabetical = false;
        while (json[at] == '"') {
            int keyEnd = skipString(json, at);
            String key = new String(json, at + 1, keyEnd - at - 2, StandardCharsets.UTF_8);
            alphabetical |= first && MetadataOrder.isAlphabetical(key);
            first = false;
            if (alphabetical ? key.compareTo("resourceVersion") > 0 : !BEFORE.contains(key)) {
                break;
            }
            at = skipValue(json, keyEnd + 1);
            end = at;
            if (json[at] != ',') {
                break;
            }
            at++;
        }
        return end;
    }

    private static int indexOfMetadata(byte[] json) {
        int at = 1;
        while (true) {
            if (matches(json, at, METADATA)) {
                return at + METADATA.length;
            }
            at = skipValue(json, skipString(json, at) + 1) + 1;
        }
    }

    private static boolean matches(byte[] json, int at, byte[] text) {
        if (at + text.length > json.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (json[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static int skipString(byte[] json, int start) {
        int at = start + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int skipValue(byte[] json, int start) {
        int at = start;
        int depth = 0;
        while (true) {
            switch (json[at]) {
                case '"' -> at = skipString(json, at);
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    if (depth == 0) {
                        return at;
                    }
                    depth--;
                    at++;
                }
                case ',' -> {
                    if (depth == 0) {
                        return at;
                    }
                    at++;
                }
                default -> at++;
            }
            if (depth == 0 && (json[at] == ',' || json[at] == '}' || json[at] == ']')) {
                return at;
            }
        }
    }
}
