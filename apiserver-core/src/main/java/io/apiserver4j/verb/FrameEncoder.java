// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.cache.ObjectEvent;
import java.nio.ByteBuffer;

/** Makes the frames of one watch stream in its media type and form. Frames of events are shared by all watchers. */
interface FrameEncoder {
    /** The frame of an event; {@code type} is what the event is for this watcher. */
    ByteBuffer event(ObjectEvent.Type type, ObjectEvent event);

    /** The frame of an object that was there before the watch began. */
    ByteBuffer initial(StoredObject object);

    /** The frame of a bookmark. */
    ByteBuffer bookmark(long revision, boolean initialEventsEnd);

    /** The frame of a failure that ends the stream. */
    ByteBuffer error(Status status);
}
