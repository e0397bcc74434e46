// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.StoreFeed;
import io.apiserver4j.store.StoredObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A watcher that is served by the store's own history, because it starts further back than the cache's window. It stays with
 * the store for its whole life; there are few of them.
 */
public final class DirectFeed implements FeedListener {
    private final ObjectFeed feed;
    private final Function<Entry, StoredObject> reader;

    private DirectFeed(ObjectFeed feed, Function<Entry, StoredObject> reader) {
        this.feed = feed;
        this.reader = reader;
    }

    /** Starts a watcher behind a revision; fails with the store's error where that revision is no longer kept. */
    public static ObjectFeed open(
            KeyValueStore store,
            KeyRange range,
            long afterRevision,
            Predicate<StoredObject> filter,
            FeedSink sink,
            Function<Entry, StoredObject> reader) {
        AtomicReference<@Nullable StoreFeed> source = new AtomicReference<>();
        ObjectFeed feed = new ObjectFeed(afterRevision, filter, sink, () -> {
            StoreFeed open = source.getAndSet(null);
            if (open != null) {
                open.close();
            }
        });
        StoreFeed opened = store.watch(range, afterRevision + 1, new DirectFeed(feed, reader));
        source.set(opened);
        if (feed.isClosed()) { // cut off or ended by what came while it was opened
            opened.close();
        }
        return feed;
    }

    @Override
    public void onEvents(List<StoreEvent> events) {
        for (StoreEvent event : events) {
            feed.offer(convert(event));
        }
    }

    private ObjectEvent convert(StoreEvent event) {
        if (event instanceof StoreEvent.Put put) {
            Entry previous = put.previous();
            StoredObject before = previous == null ? null : reader.apply(previous);
            return ObjectEvent.of(
                    before == null ? ObjectEvent.Type.ADDED : ObjectEvent.Type.MODIFIED,
                    reader.apply(put.entry()),
                    before);
        }
        StoreEvent.Delete delete = (StoreEvent.Delete) event;
        StoredObject before = reader.apply(delete.previous());
        return ObjectEvent.of(ObjectEvent.Type.DELETED, before.at(delete.revision()), before);
    }

    @Override
    public void onProgress(long revision) {}

    @Override
    public void onEnd(@Nullable StoreException cause) {
        feed.end(cause == null ? null : expired());
    }

    private static ApiException expired() {
        return Status.expired("The resourceVersion for the provided watch is too old.")
                .asException();
    }
}
