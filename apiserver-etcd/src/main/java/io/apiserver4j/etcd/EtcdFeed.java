// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.StoreFeed;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One watch, over as many streams as it takes: where one breaks, the next begins right behind what the listener has
 * got, never behind what etcd has merely mentioned. Fragments are put together first, so a revision stays whole.
 *
 * <p>Everything that happens to a feed (an answer, a break, a close) goes through its mailbox and is carried out one
 * after the other by whichever thread comes; so the rest needs no lock.
 */
final class EtcdFeed implements StoreFeed {

    private final WatchStreams streams;
    private final KeyRange range;
    private final FeedListener listener;
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final List<Event> fragments = new ArrayList<>();

    /** The first revision that the listener has not got. */
    private long next;

    private long lastEvent;
    private long toldProgress;
    private boolean ended;
    private int failures;
    private volatile long delivered;
    private volatile WatchStreams.@Nullable Stream stream;

    EtcdFeed(WatchStreams streams, KeyRange range, long fromRevision, FeedListener listener) {
        this.streams = streams;
        this.range = range;
        this.listener = listener;
        this.next = fromRevision;
        this.delivered = fromRevision - 1;
    }

    void start() {
        post(this::connect);
    }

    @Override
    public long deliveredRevision() {
        return delivered;
    }

    @Override
    public void close() {
        post(() -> end(null));
    }

    /** From the store: it is over. */
    void closeStore() {
        post(() -> end(ErrorMap.closedStore()));
    }

    @Override
    public void requestProgress() {
        WatchStreams.Stream open = stream;
        if (open != null) {
            open.send(WatchRequest.newBuilder()
                    .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                    .build());
        }
    }

    // -- from streams

    void received(WatchStreams.Stream from, WatchResponse response) {
        post(() -> {
            if (from == stream && !ended) {
                take(response);
            }
        });
    }

    void broken(WatchStreams.Stream from, Throwable failure) {
        post(() -> {
            if (from == stream && !ended) {
                if (ErrorMap.isRefusal(String.valueOf(failure.getMessage()))) {
                    end(ErrorMap.of(failure));
                } else {
                    reconnect();
                }
            }
        });
    }

    // -- in the mailbox

    private void connect() {
        if (ended) {
            return;
        }
        fragments.clear();
        WatchStreams.Stream opened = streams.open(this);
        stream = opened;
        opened.send(WatchRequest.newBuilder()
                .setCreateRequest(Messages.fragmented(WatchCreateRequest.newBuilder()
                        .setKey(Messages.from(range))
                        .setRangeEnd(Messages.end(range))
                        .setStartRevision(next)
                        .setPrevKv(true)
                        .setProgressNotify(true)))
                .build());
    }

    private void reconnect() {
        drop();
        streams.later(failures++, () -> post(this::connect));
    }

    private void drop() {
        WatchStreams.Stream old = stream;
        stream = null;
        if (old != null) {
            old.cancel();
        }
    }

    private void take(WatchResponse response) {
        if (response.getCanceled()) {
            cancelled(response);
        } else if (response.getCreated()) {
            failures = 0;
        } else if (response.getEventsCount() > 0) {
            fragments.addAll(response.getEventsList());
            if (!Messages.isFragment(response)) {
                deliver();
            }
        } else if (fragments.isEmpty()) {
            progressed(response.getHeader().getRevision());
        }
    }

    private void cancelled(WatchResponse response) {
        String reason = response.getCancelReason();
        if (response.getCompactRevision() != 0) {
            end(StoreException.compacted(response.getCompactRevision()));
        } else if (ErrorMap.isRefusal(reason)) {
            end(StoreException.unavailable(reason, null));
        } else {
            // A member that lost its leader or is stopping: another one, or the same later, goes on.
            reconnect();
        }
    }

    private void deliver() {
        List<StoreEvent> events = new ArrayList<>(fragments.size());
        try {
            for (Event event : fragments) {
                // What was delivered by the stream before is not expected again, and would be a duplicate.
                if (event.getKv().getModRevision() >= next) {
                    events.add(Messages.event(event));
                }
            }
        } catch (StoreException forgotten) {
            end(forgotten);
            return;
        } finally {
            fragments.clear();
        }
        if (!events.isEmpty()) {
            long last = events.get(events.size() - 1).revision();
            lastEvent = last;
            tell(() -> listener.onEvents(List.copyOf(events)));
            passed(last);
        }
    }

    private void progressed(long revision) {
        // An answer of a member that lags says less than is known.
        if (revision >= Math.max(lastEvent, toldProgress)) {
            toldProgress = revision;
            // First, as the events are all delivered: who is told may look at once.
            passed(revision);
            tell(() -> listener.onProgress(revision));
        }
    }

    private void passed(long revision) {
        if (!ended) {
            next = Math.max(next, revision + 1);
            delivered = next - 1;
        }
    }

    private void tell(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error thrown) {
            end(StoreException.unavailable("a listener failed", thrown));
        }
    }

    private void end(@Nullable StoreException cause) {
        if (ended) {
            return;
        }
        ended = true;
        drop();
        streams.remove(this);
        try {
            listener.onEnd(cause);
        } catch (RuntimeException | Error thrown) {
            WatchStreams.LOG.warn("a listener failed at the end of its feed", thrown);
        }
    }

    private void post(Runnable task) {
        mailbox.add(task);
        if (pending.getAndIncrement() == 0) {
            do {
                Runnable due = mailbox.poll();
                if (due != null) {
                    run(due);
                }
            } while (pending.decrementAndGet() > 0);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException unexpected) {
            end(StoreException.unavailable("a feed failed", unexpected));
        }
    }
}
