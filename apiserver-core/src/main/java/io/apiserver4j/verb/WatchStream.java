// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.cache.FeedSink;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.store.cache.ObjectFeed;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one watcher: the initial objects, then what the feed tells, as fast as the subscriber takes them. A
 * subscriber that falls too far behind is cut off; it slows nobody. Frames leave on the thread that brings them, or on the
 * subscriber's own when it asks for more.
 */
final class WatchStream implements Flow.Publisher<List<ByteBuffer>>, Flow.Subscription, FeedSink {
    /** How many frames may wait for a subscriber before it is cut off. */
    static final int LONGEST_QUEUE = 4096;

    private static final int FRAMES_A_GROUP = 64;

    private final FrameEncoder encoder;
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>(); // guarded by itself
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> onDone = new AtomicReference<>();

    private Iterator<StoredObject> initial = List.<StoredObject>of().iterator(); // touched by the draining thread only
    private Iterator<ByteBuffer> made = List.<ByteBuffer>of().iterator(); // likewise
    private long initialEnd = -1; // revision of the bookmark behind the initial objects, -1 for none
    private volatile Flow.@Nullable Subscriber<? super List<ByteBuffer>> subscriber;
    private volatile @Nullable ObjectFeed feed;
    private volatile boolean ending;
    private volatile boolean cut; // ends without what is left
    private volatile boolean cancelled;
    private boolean done; // touched by the draining thread only

    WatchStream(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    /** Gives what comes before all events; before the stream is subscribed to. */
    void begin(List<StoredObject> objects, long bookmarkRevision) {
        initial = objects.iterator();
        initialEnd = bookmarkRevision;
    }

    /** Gives the feed that is closed when the stream ends. */
    void attach(ObjectFeed opened) {
        feed = opened;
        if (cancelled || ending) {
            opened.close();
        }
    }

    /** Something to run once when the stream has ended, however. */
    void onDone(Runnable action) {
        onDone.set(action);
        if (cancelled || ending) {
            release();
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> wanted) {
        subscriber = wanted;
        wanted.onSubscribe(this);
        drain();
    }

    @Override
    public void request(long n) {
        demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        release();
        drain();
    }

    @Override
    public void event(ObjectEvent.Type type, ObjectEvent event) {
        push(encoder.event(type, event));
    }

    /** Adds a bookmark behind all events so far. */
    void bookmark(long revision) {
        push(encoder.bookmark(revision, false));
    }

    /** Adds bytes that are no event, in order with the events. */
    void control(ByteBuffer bytes) {
        push(bytes);
    }

    private void push(ByteBuffer frame) {
        boolean tooMany;
        synchronized (queue) {
            queue.add(frame);
            tooMany = queue.size() > LONGEST_QUEUE;
            if (tooMany) {
                queue.clear();
            }
        }
        if (tooMany) {
            cutOff();
        } else {
            drain();
        }
    }

    /** Ends the stream without what is left. */
    void cutOff() {
        cut = true;
        finish();
    }

    /** Makes the frames of the initial objects now, on this thread; before the stream is subscribed to. */
    void makeInitial() {
        List<ByteBuffer> frames = new ArrayList<>();
        initial.forEachRemaining(object -> frames.add(encoder.initial(object)));
        made = frames.iterator();
    }

    @Override
    public void end(@Nullable ApiException cause) {
        if (cause != null) {
            synchronized (queue) {
                queue.add(encoder.error(cause.status()));
            }
        }
        finish();
    }

    /** Ends the stream behind what is queued. */
    void finish() {
        ending = true;
        release();
        drain();
    }

    private void release() {
        ObjectFeed open = feed;
        if (open != null) {
            open.close();
        }
        Runnable action = onDone.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            Flow.Subscriber<? super List<ByteBuffer>> to = subscriber;
            if (to != null) {
                emit(to);
            }
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void emit(Flow.Subscriber<? super List<ByteBuffer>> to) {
        while (!done && !cancelled) {
            boolean last = ending;
            if (cut) {
                complete(to);
                return;
            }
            if (demand.get() == 0) {
                if (last && isEmpty()) {
                    complete(to);
                }
                return;
            }
            List<ByteBuffer> group = next();
            if (!group.isEmpty()) {
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                to.onNext(group);
            } else if (last) {
                complete(to);
            } else {
                return;
            }
        }
    }

    private void complete(Flow.Subscriber<? super List<ByteBuffer>> to) {
        done = true;
        initial = List.<StoredObject>of().iterator();
        made = List.<ByteBuffer>of().iterator();
        to.onComplete();
    }

    private boolean isEmpty() {
        synchronized (queue) {
            return !initial.hasNext() && !made.hasNext() && initialEnd < 0 && queue.isEmpty();
        }
    }

    private List<ByteBuffer> next() {
        List<ByteBuffer> group = new ArrayList<>(1);
        while (initial.hasNext() && group.size() < FRAMES_A_GROUP) {
            group.add(encoder.initial(initial.next()));
        }
        while (made.hasNext() && group.size() < FRAMES_A_GROUP) {
            group.add(made.next());
        }
        if (initial.hasNext() || made.hasNext()) {
            return group;
        }
        if (initialEnd >= 0) {
            group.add(encoder.bookmark(initialEnd, true));
            initialEnd = -1;
        }
        synchronized (queue) {
            while (group.size() < FRAMES_A_GROUP) {
                ByteBuffer frame = queue.poll();
                if (frame == null) {
                    break;
                }
                group.add(frame.duplicate());
            }
        }
        return group;
    }
}
