// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.store.StoredObject;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One watcher: turns the events of a resource into those that concern it. Closing is idempotent. */
public final class ObjectFeed implements AutoCloseable {
    private final Predicate<StoredObject> filter;
    private final FeedSink sink;
    private final Runnable onClose;
    private final long from;
    private volatile long seen;
    private volatile boolean closed;

    ObjectFeed(long from, Predicate<StoredObject> filter, FeedSink sink, Runnable onClose) {
        this.from = from;
        this.seen = from;
        this.filter = filter;
        this.sink = sink;
        this.onClose = onClose;
    }

    /**
     * Takes the next event of the resource; those from before the watcher's start are left out. Several events may have one
     * revision. Called by one thread at a time, with each event once.
     */
    void offer(ObjectEvent event) {
        if (closed || event.revision() <= from) {
            return;
        }
        seen = event.revision();
        StoredObject previous = event.previous();
        boolean before = previous != null && filter.test(previous);
        boolean after = event.type() != ObjectEvent.Type.DELETED && filter.test(event.object());
        if (after) {
            sink.event(before ? ObjectEvent.Type.MODIFIED : ObjectEvent.Type.ADDED, event);
        } else if (before) {
            sink.event(ObjectEvent.Type.DELETED, event.type() == ObjectEvent.Type.DELETED ? event : event.left());
        }
    }

    /** The revision up to which this feed has looked at everything. */
    public long seen() {
        return seen;
    }

    boolean isClosed() {
        return closed;
    }

    void end(@Nullable ApiException cause) {
        if (!closed) {
            closed = true;
            sink.end(cause);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
