// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.Encoder;
import io.apiserver4j.codec.Framing;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ObjectValue;
import java.nio.ByteBuffer;
import java.util.List;

/** Frames in any other form: of a converted tree, made once per event for all watchers that want the same. */
final class TreeFrames implements FrameEncoder {
    private final Encoder encoder;
    private final OutputFormat format;
    private final Object sharedBy;
    private final ObjectValue bookmark;
    private final View view;

    /** What is shown of an object. */
    interface View {
        /** Of an object in the stored version. */
        ObjectValue of(ObjectValue stored);

        /** Of a bookmark in the client's version. */
        ObjectValue ofBookmark(ObjectValue object);
    }

    /**
     * Frames of one stream.
     *
     * @param sharedBy equal for streams that want the same frames
     */
    TreeFrames(Encoder encoder, OutputFormat format, Object sharedBy, ObjectValue bookmark, View view) {
        this.encoder = encoder;
        this.format = format;
        this.sharedBy = sharedBy;
        this.bookmark = bookmark;
        this.view = view;
    }

    @Override
    public ByteBuffer event(ObjectEvent.Type type, ObjectEvent event) {
        return event.frame(
                List.of(sharedBy, type),
                () -> frame(type.name(), view.of(event.object().tree())));
    }

    @Override
    public ByteBuffer initial(StoredObject object) {
        return frame(ObjectEvent.Type.ADDED.name(), view.of(object.tree()));
    }

    @Override
    public ByteBuffer bookmark(long revision, boolean initialEventsEnd) {
        return frame("BOOKMARK", view.ofBookmark(Bookmarks.at(bookmark, revision, initialEventsEnd)));
    }

    @Override
    public ByteBuffer error(Status status) {
        return frame("ERROR", status.toObject());
    }

    private ByteBuffer frame(String type, ObjectValue object) {
        return ByteBuffer.wrap(Framing.frame(format.mediaType(), type, encoder.encode(object, format.mediaType())));
    }
}
