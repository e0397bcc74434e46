// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.store.cache.FeedSink;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.store.cache.ObjectFeed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a resource as their readers want them, kept current by following the watch cache. Opened when first asked;
 * where the store cuts the feed, it is opened anew by the next who asks. Safe for use by several threads; asking costs a
 * look-up in a map.
 *
 * @param <T> what an object is read to
 */
public final class LiveView<T> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<ObjectStore> store;
    private final Function<StoredObject, T> reader;
    private final Listener<T> listener;
    private final Map<String, T> objects = new ConcurrentHashMap<>();
    private final Object opening = new Object(); // taken before any lock of the cache
    private final Object changing = new Object(); // taken after any lock of the cache
    private volatile @Nullable ObjectFeed feed;
    private volatile @Nullable ObjectStore source;
    private volatile boolean open;
    private volatile long seen;

    /**
     * Is told of each change, on the thread that delivers: must be quick. One call at a time.
     *
     * @param <T> what an object is read to
     */
    @FunctionalInterface
    public interface Listener<T> {
        /** An object changed; null where it was not there before, or is not there any more. */
        void changed(@Nullable T before, @Nullable T after);
    }

    /** A view of a store's objects, not opened yet. */
    public LiveView(Supplier<ObjectStore> store, Function<StoredObject, T> reader, Listener<T> listener) {
        this.store = store;
        this.reader = reader;
        this.listener = listener;
    }

    /** Makes sure that the view follows; what the cache knows by now is in it when this returns. */
    public void open() {
        if (open) {
            return;
        }
        synchronized (opening) {
            if (!open) {
                Sink sink = new Sink();
                ObjectStore known = store.get();
                feed = known.watchWithState("", object -> true, sink, true, this::reset);
                source = known;
                open = true;
                if (sink.ended) { // said so before this did
                    open = false;
                }
            }
        }
    }

    /**
     * Opens the view and waits until it was told of everything up to a revision of its store's objects; false where that
     * takes longer than the patience.
     */
    public boolean await(long revision, Duration patience) {
        open();
        if (seen >= revision) {
            return true;
        }
        long end = System.nanoTime() + patience.toNanos();
        synchronized (changing) {
            while (seen < revision && open) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                try {
                    changing.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        open();
        return seen >= revision;
    }

    /**
     * Opens the view and waits for what this server wrote before: who wrote is to find what it wrote. Where the store is slow
     * to tell, this gives up, once for each write.
     */
    public void catchUp() {
        open();
        ObjectStore known = source;
        long written = known == null ? 0 : known.writtenRevision();
        if (seen < written && !await(written, PATIENCE)) {
            synchronized (changing) {
                seen = Math.max(seen, written);
            }
        }
    }

    /** True while it follows. */
    public boolean isOpen() {
        return open;
    }

    /** The object of a name, or null. */
    public @Nullable T get(String namespace, String name) {
        open();
        return objects.get(key(namespace, name));
    }

    private static String key(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private static String key(StoredObject object) {
        StoredObject.Header header = object.header();
        return key(header.namespace(), header.name());
    }

    private void reset(List<StoredObject> all, long revision) {
        synchronized (changing) {
            seen = revision;
            Set<String> gone = new HashSet<>(objects.keySet());
            for (StoredObject object : all) {
                String key = key(object);
                gone.remove(key);
                put(key, object);
            }
            gone.forEach(this::remove);
            changing.notifyAll();
        }
    }

    private void put(String key, StoredObject object) {
        T after = reader.apply(object);
        T before = objects.put(key, after);
        listener.changed(before, after);
    }

    private void remove(String key) {
        T before = objects.remove(key);
        if (before != null) {
            listener.changed(before, null);
        }
    }

    private final class Sink implements FeedSink {
        private volatile boolean ended;

        @Override
        public void event(ObjectEvent.Type type, ObjectEvent event) {
            synchronized (changing) {
                if (type == ObjectEvent.Type.DELETED) {
                    remove(key(event.object()));
                } else {
                    put(key(event.object()), event.object());
                }
                seen = Math.max(seen, event.revision());
                changing.notifyAll();
            }
        }

        @Override
        public void end(@Nullable ApiException cause) {
            if (cause != null) {
                ended = true;
                open = false;
                synchronized (changing) {
                    changing.notifyAll();
                }
            }
        }
    }

    @Override
    public void close() {
        ObjectFeed following = feed;
        if (following != null) {
            following.close();
        }
    }
}
