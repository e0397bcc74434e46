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
    private volatile long seen;
    private volatile boolean closed;

    ObjectFeed(long from, Predicate<StoredObject> filter, FeedSink sink, Runnable onClose) {
        this.seen = from;
        this.filter = filter;
        this.sink = sink;
        this.onClose = onClose;
    }

    /** Takes an event of the resource; those it has seen already are left out. Called by one thread at a time. */
    void offer(ObjectEvent event) {
        if (closed || event.revision() <= seen) {
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
