// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open feeds, and the streams they run on: one each, many over one connection. */
final class WatchStreams {

    static final Logger LOG = LoggerFactory.getLogger(EtcdStore.class);

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** A member without a leader ends its watches, where it would else go silent. */
    private static final Metadata.Key<String> NEEDS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final Set<EtcdFeed> feeds = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private volatile boolean closed;

    WatchStreams(ManagedChannel channel) {
        this.channel = channel;
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "apiserver4j-etcd-watch");
            thread.setDaemon(true);
            return thread;
        });
        this.timer = one;
        timer.scheduleWithFixedDelay(this::comeBack, 1, 1, TimeUnit.SECONDS);
    }

    /** gRPC's own pauses between attempts to connect grow to two minutes: too long where no endpoint is there. */
    private void comeBack() {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
    }

    EtcdFeed start(KeyRange range, long fromRevision, FeedListener listener) {
        EtcdFeed feed = new EtcdFeed(this, range, fromRevision, listener);
        feeds.add(feed);
        feed.start();
        if (closed) {
            feed.closeStore();
        }
        return feed;
    }

    int open() {
        return feeds.size();
    }

    void requestProgress() {
        feeds.forEach(EtcdFeed::requestProgress);
    }

    void remove(EtcdFeed feed) {
        feeds.remove(feed);
    }

    /** Runs the task after a pause that grows with the failures before, so that a lost etcd is not stormed. */
    void later(int failures, Runnable task) {
        long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        long pause = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
        try {
            timer.schedule(task, pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the store is closed, a feed stays ended", e);
        }
    }

    void close() {
        closed = true;
        feeds.forEach(EtcdFeed::closeStore);
        timer.shutdownNow();
    }

    Stream open(EtcdFeed feed) {
        return new Stream(
                feed,
                channel.newCall(
                        WatchGrpc.getWatchMethod(),
                        CallOptions.DEFAULT.withWaitForReady().withMaxInboundMessageSize(Integer.MAX_VALUE)));
    }

    /** One call; takes the next answer when the feed's thread is done with this one. */
    static final class Stream extends ClientCall.Listener<WatchResponse> {
        private final EtcdFeed feed;
        private final ClientCall<WatchRequest, WatchResponse> call;
        private boolean over;

        private Stream(EtcdFeed feed, ClientCall<WatchRequest, WatchResponse> call) {
            this.feed = feed;
            this.call = call;
            Metadata headers = new Metadata();
            headers.put(NEEDS_LEADER, "true");
            call.start(this, headers);
            call.request(1);
        }

        /** Sends from any thread; a stream that is over takes no more. */
        synchronized void send(WatchRequest request) {
            if (!over) {
                call.sendMessage(request);
            }
        }

        synchronized void cancel() {
            if (!over) {
                over = true;
                call.cancel("the feed goes on elsewhere, or not", null);
            }
        }

        @Override
        public void onMessage(WatchResponse response) {
            feed.received(this, response);
            call.request(1);
        }

        @Override
        public void onClose(Status status, @Nullable Metadata trailers) {
            synchronized (this) {
                over = true;
            }
            feed.broken(this, status.asRuntimeException());
        }
    }
}
