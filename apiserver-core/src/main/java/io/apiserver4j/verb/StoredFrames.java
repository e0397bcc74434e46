// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** JSON frames of objects in their stored form: bytes around the stored bytes, made once per event for all watchers. */
final class StoredFrames implements FrameEncoder {
    private final ObjectValue bookmark;

    StoredFrames(ObjectValue bookmark) {
        this.bookmark = bookmark;
    }

    /** Keys of shared frames: the type an event has for a watcher. */
    private record Key(ObjectEvent.Type type) {}

    private static final Key ADDED = new Key(ObjectEvent.Type.ADDED);
    private static final Key MODIFIED = new Key(ObjectEvent.Type.MODIFIED);
    private static final Key DELETED = new Key(ObjectEvent.Type.DELETED);

    @Override
    public ByteBuffer event(ObjectEvent.Type type, ObjectEvent event) {
        Key key = switch (type) {
            case ADDED -> ADDED;
            case MODIFIED -> MODIFIED;
            case DELETED -> DELETED;
        };
        return event.frame(key, () -> frame(type, event.object()));
    }

    @Override
    public ByteBuffer initial(StoredObject object) {
        return frame(ObjectEvent.Type.ADDED, object);
    }

    private static ByteBuffer frame(ObjectEvent.Type type, StoredObject object) {
        byte[] head = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(head.length + object.jsonLength(0) + 2);
        out.put(head);
        object.writeJson(out, 0);
        return out.put((byte) '}').put((byte) '\n').flip();
    }

    @Override
    public ByteBuffer bookmark(long revision, boolean initialEventsEnd) {
        return document("BOOKMARK", Bookmarks.at(bookmark, revision, initialEventsEnd));
    }

    @Override
    public ByteBuffer error(Status status) {
        return document("ERROR", status.toObject());
    }

    private static ByteBuffer document(String type, ObjectValue object) {
        JsonWriter out = new JsonWriter(256);
        out.writeAscii("{\"type\":\"" + type + "\",\"object\":");
        out.write(object);
        out.writeAscii("}\n");
        return ByteBuffer.wrap(out.toByteArray());
    }
}
