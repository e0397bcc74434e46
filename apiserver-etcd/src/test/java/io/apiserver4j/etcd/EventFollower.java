// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.store.ListQuery;
import io.apiserver4j.store.ObjectPage;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.cache.FeedSink;
import io.apiserver4j.store.cache.ObjectEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watcher as clients are: lists, follows, comes back behind what it saw last, and lists again where that is too old.
 * What it finds odd is a violation: an event that does not follow from the ones before, a revision that goes back.
 */
final class EventFollower implements AutoCloseable {
    final Collection<String> violations = new ConcurrentLinkedQueue<>();
    int events;
    int resumed;
    int relisted;

    private final ObjectStore store;
    private final BlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Thread thread;
    private long revision;
    private volatile boolean closed;
    private volatile boolean ended;
    private volatile boolean tooOld;

    EventFollower(ObjectStore store) {
        this.store = store;
        thread = new Thread(this::follow, "follower");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        tooOld = true;
        while (!closed) {
            try {
                if (tooOld) {
                    list();
                }
                tooOld = false;
                told.clear();
                ended = false;
                store.watch(revision, Workload.NAMESPACE, object -> true, new Sink());
                resumed++;
                while (!ended && !closed || !told.isEmpty()) {
                    Runnable next = told.poll(20, TimeUnit.MILLISECONDS);
                    if (next != null) {
                        next.run();
                    }
                }
            } catch (ApiException e) {
                tooOld |= e.status().code() == 410;
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list() {
        ObjectPage page =
                store.list(new ListQuery(Workload.NAMESPACE, object -> true, false, 0, ListQuery.Match.LATEST, 0, ""));
        if (page.revision() < revision) {
            violations.add("a list of " + page.revision() + " after " + revision);
        }
        synchronized (seen) {
            seen.clear();
            page.objects().forEach(object -> seen.put(name(object), Workload.number(object.tree())));
            revision = page.revision();
        }
        relisted++;
    }

    private static String name(StoredObject object) {
        return object.header().name();
    }

    private void take(ObjectEvent.Type type, ObjectEvent event) {
        events++;
        String name = name(event.object());
        if (event.revision() <= revision) {
            violations.add("event " + event.revision() + " of " + name + " after " + revision);
        }
        synchronized (seen) {
            revision = Math.max(revision, event.revision());
            boolean known = type == ObjectEvent.Type.DELETED
                    ? seen.remove(name) != null
                    : seen.put(name, Workload.number(event.object().tree())) != null;
            if (known != (type != ObjectEvent.Type.ADDED)) {
                violations.add(type + " of " + name + " at " + event.revision() + ", which was "
                        + (known ? "there" : "not there"));
            }
        }
    }

    /** Waits until this has seen what the store has; what it has seen in vain otherwise. */
    void awaitAll() throws InterruptedException {
        Map<String, Integer> wanted = new TreeMap<>();
        store.current(Workload.NAMESPACE).forEach(object -> {
            if (name(object).startsWith("w")) {
                wanted.put(name(object), Workload.number(object.tree()));
            }
        });
        List<String> last = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            synchronized (seen) {
                Map<String, Integer> now = new TreeMap<>(seen);
                now.keySet().removeIf(name -> !name.startsWith("w"));
                if (now.equals(wanted)) {
                    return;
                }
                last = List.of(now.toString(), wanted.toString());
            }
            Thread.sleep(20);
        }
        violations.add("seen " + last.get(0) + " where there is " + last.get(1));
    }

    private final class Sink implements FeedSink {
        @Override
        public void event(ObjectEvent.Type type, ObjectEvent event) {
            told.add(() -> take(type, event));
        }

        @Override
        public void end(@Nullable ApiException cause) {
            told.add(() -> {
                ended = true;
                tooOld |= cause != null && cause.status().code() == 410;
            });
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
