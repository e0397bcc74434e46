// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.FeedSink;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.store.cache.ObjectFeed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows all objects of a resource: each is told once as it is at first, and then each change. Watches that the store cuts
 * are begun anew. Told on the executor, never on the thread that writes.
 */
public final class Following implements AutoCloseable {
    private final Stores stores;
    private final ResourceDefinition definition;
    private final ScheduledExecutorService executor;
    private final BiConsumer<ObjectEvent.Type, StoredObject> listener;
    private volatile @Nullable ObjectFeed feed;
    private volatile boolean closed;

    /** Follows a definition's objects once it is started. */
    public Following(
            Stores stores,
            ResourceDefinition definition,
            ScheduledExecutorService executor,
            BiConsumer<ObjectEvent.Type, StoredObject> listener) {
        this.stores = stores;
        this.definition = definition;
        this.executor = executor;
        this.listener = listener;
    }

    /** Begins. */
    public Following start() {
        ObjectFeed opened = stores.of(definition)
                .watchWithState("", object -> true, new Sink(), false, (objects, revision) -> {
                    for (StoredObject object : objects) {
                        tell(ObjectEvent.Type.ADDED, object);
                    }
                });
        feed = opened;
        if (closed) {
            opened.close();
        }
        return this;
    }

    private void tell(ObjectEvent.Type type, StoredObject object) {
        if (!executor.isShutdown()) {
            executor.execute(() -> listener.accept(type, object));
        }
    }

    private final class Sink implements FeedSink {
        @Override
        public void event(ObjectEvent.Type type, ObjectEvent event) {
            tell(type, event.object());
        }

        @Override
        public void end(@Nullable ApiException cause) {
            if (!closed && cause != null && !executor.isShutdown()) {
                executor.execute(Following.this::start);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ObjectFeed open = feed;
        if (open != null) {
            open.close();
        }
    }
}
