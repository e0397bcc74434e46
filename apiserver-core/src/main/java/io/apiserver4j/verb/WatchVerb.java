// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.resource.RemoteConversion;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.cache.FeedSink;
import io.apiserver4j.store.cache.ObjectFeed;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Streams changes: where the stream begins, what comes before it, when it ends, and the bookmarks in between.
 */
final class WatchVerb {
    /** A watch without timeout lasts this long at least and twice as long at most (--min-request-timeout). */
    private static final Duration ENDLESS = Duration.ofDays(36_500);

    private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);
    private static final Duration BOOKMARK_BEFORE_END = Duration.ofSeconds(2);

    private final ObjectWriter objects;
    private final Presenter presenter;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final Duration least;

    WatchVerb(
            ObjectWriter objects,
            Presenter presenter,
            ScheduledExecutorService timer,
            RandomGenerator random,
            Duration least) {
        this.objects = objects;
        this.presenter = presenter;
        this.timer = timer;
        this.random = random;
        this.least = least;
    }

    ApiResponse handle(ResourceCall call) {
        OutputFormat format = presenter.negotiateWatch(call);
        ListOptions options = ListOptions.of(call.request().query());
        Selection selection = Selection.of(call.request().query(), call.definition());
        if (!call.name().isEmpty()) {
            String name = call.name();
            Selection rest = selection;
            selection = new Selection(
                    object -> object.key().endsWith("/" + name) && rest.filter().test(object), false);
        }
        WatchStream stream = new WatchStream(presenter.frames(call, format));
        long revision = options.revision();
        ObjectStore store = objects.store(call);
        RemoteConversion remote = call.version().remote();
        FeedSink sink = remote == null ? stream : new HandOver(stream, remote.executor());
        ObjectFeed feed = open(call, options, selection, stream, sink, revision, store);
        if (remote != null) {
            makeInitial(stream, feed);
        }
        stream.attach(feed);
        schedule(options, stream, store, feed);
        call.call().cancellation().onCancel(stream::cancel);
        return presenter.watch(call, stream, format);
    }

    /** Frames that take long to make are made by the thread of the call: it is the one that may wait. */
    private static void makeInitial(WatchStream stream, ObjectFeed feed) {
        boolean ready = false;
        try {
            stream.makeInitial();
            ready = true;
        } finally {
            if (!ready) {
                feed.close();
            }
        }
    }

    private static ObjectFeed open(
            ResourceCall call,
            ListOptions options,
            Selection selection,
            WatchStream stream,
            FeedSink sink,
            long revision,
            ObjectStore store) {
        Boolean initial = options.sendInitialEvents();
        if (initial != null && initial) {
            store.awaitRevision(revision);
            return store.watchWithState(
                    call.namespace(),
                    selection.filter(),
                    sink,
                    options.resourceVersion().isEmpty(),
                    (list, at) -> stream.begin(list, options.allowWatchBookmarks() ? at : -1));
        }
        if (initial != null && revision == 0) {
            return store.watchWithState(
                    call.namespace(),
                    selection.filter(),
                    sink,
                    options.resourceVersion().isEmpty(),
                    (list, at) -> {});
        }
        if (revision == 0) {
            return store.watchWithState(
                    call.namespace(),
                    selection.filter(),
                    sink,
                    options.resourceVersion().isEmpty(),
                    (list, at) -> stream.begin(list, -1));
        }
        return store.watch(revision, call.namespace(), selection.filter(), sink);
    }

    private Duration unasked() {
        return least.isZero() ? ENDLESS : least.plusMillis(random.nextLong(least.toMillis()));
    }

    private void schedule(ListOptions options, WatchStream stream, ObjectStore store, ObjectFeed feed) {
        Long asked = options.timeoutSeconds();
        Duration timeout = asked != null && asked > 0 ? Duration.ofSeconds(asked) : unasked();
        Future<?> end = timer.schedule(stream::finish, timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (!options.allowWatchBookmarks()) {
            stream.onDone(() -> end.cancel(false));
            return;
        }
        Duration last = timeout.minus(BOOKMARK_BEFORE_END);
        Duration first = last.compareTo(BOOKMARK_EVERY) < 0 ? last : BOOKMARK_EVERY;
        Future<?> bookmarks = timer.scheduleAtFixedRate(
                () -> stream.bookmark(Math.max(feed.seen(), store.deliveredRevision())),
                Math.max(first.toMillis(), 0),
                BOOKMARK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        stream.onDone(() -> {
            end.cancel(false);
            bookmarks.cancel(false);
        });
    }
}
