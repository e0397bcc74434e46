// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.value.ObjectValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as the store has it: bytes, revision, and a small header that answers selectors without a tree. Immutable; the
 * bytes are shared and must not be changed.
 */
public final class StoredObject {
    private static final byte[] RESOURCE_VERSION = ",\"resourceVersion\":\"".getBytes(StandardCharsets.US_ASCII);

    private final String key;
    private final byte[] bytes;
    private final long revision;
    private final int splice;
    private final Header header;
    private final boolean stale;

    /**
     * What selectors ask for.
     *
     * @param fields values of the kind's selectable fields, by label; metadata.name and metadata.namespace left out
     */
    public record Header(String namespace, String name, ObjectValue labels, Map<String, String> fields) {}

    StoredObject(String key, byte[] bytes, long revision, int splice, Header header, boolean stale) {
        this.key = key;
        this.bytes = bytes;
        this.revision = revision;
        this.splice = splice;
        this.header = header;
        this.stale = stale;
    }

    /** The key in the store. */
    public String key() {
        return key;
    }

    /** The object's JSON without resourceVersion, as the store has it or as it was read out of what the store has. */
    public byte[] bytes() {
        return bytes;
    }

    /** The revision of the last change, which is the object's resourceVersion. */
    public long revision() {
        return revision;
    }

    /** True where the object lies in the store in a form, or under a key, that is not written any more. */
    public boolean stale() {
        return stale;
    }

    /** What selectors ask for. */
    public Header header() {
        return header;
    }

    /** This object under another revision: a deleted object is shown with the revision of its deletion. */
    public StoredObject at(long otherRevision) {
        return new StoredObject(key, bytes, otherRevision, splice, header, stale);
    }

    /** The object's tree in the stored version, with its resourceVersion; read anew at each call. */
    public ObjectValue tree() {
        return StoredJson.decode(bytes, revision);
    }

    /** Length of the JSON text with the resourceVersion in it, from a start offset. */
    public int jsonLength(int from) {
        return bytes.length - from + RESOURCE_VERSION.length + digits(revision) + 1;
    }

    /** Puts the JSON text with the resourceVersion in it, from a start offset that is before the metadata. */
    public void writeJson(ByteBuffer out, int from) {
        out.put(bytes, from, splice - from).put(RESOURCE_VERSION);
        putNumber(out, revision);
        out.put((byte) '"').put(bytes, splice, bytes.length - splice);
    }

    /** The JSON text with the resourceVersion in it, as parts that share the stored bytes. */
    public List<ByteBuffer> jsonParts() {
        ByteBuffer middle = ByteBuffer.allocate(RESOURCE_VERSION.length + digits(revision) + 1);
        middle.put(RESOURCE_VERSION);
        putNumber(middle, revision);
        middle.put((byte) '"').flip();
        return List.of(
                ByteBuffer.wrap(bytes, 0, splice).asReadOnlyBuffer(),
                middle,
                ByteBuffer.wrap(bytes, splice, bytes.length - splice).asReadOnlyBuffer());
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private static void putNumber(ByteBuffer out, long number) {
        int digits = digits(number);
        int end = out.position() + digits;
        long rest = number;
        for (int i = end - 1; i >= end - digits; i--) {
            out.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        out.position(end);
    }

    /** The value of a selectable field, or null where the kind has no such field. */
    public @Nullable String field(String label) {
        return switch (label) {
            case "metadata.name" -> header.name();
            case "metadata.namespace" -> header.namespace();
            default -> header.fields().get(label);
        };
    }
}
