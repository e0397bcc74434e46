// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.store.cache.FeedSink;
import io.apiserver4j.store.cache.ObjectEvent;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the thread that brings them to everybody, and gives them on other threads, in order, to a stream whose
 * frames take long to make.
 */
final class HandOver implements FeedSink {
    private final WatchStream stream;
    private final Executor executor;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(); // guarded by itself
    private boolean running; // guarded by waiting

    HandOver(WatchStream stream, Executor executor) {
        this.stream = stream;
        this.executor = executor;
    }

    @Override
    public void event(ObjectEvent.Type type, ObjectEvent event) {
        later(() -> stream.event(type, event));
    }

    @Override
    public void end(@Nullable ApiException cause) {
        later(() -> stream.end(cause));
    }

    private void later(Runnable task) {
        synchronized (waiting) {
            if (waiting.size() >= WatchStream.LONGEST_QUEUE) {
                waiting.clear();
                waiting.add(stream::cutOff);
            } else {
                waiting.add(task);
            }
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) { // the server stops
            stream.cutOff();
        }
    }

    private void run() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (ApiException e) { // an object that can't be shown ends the stream
                stream.end(e);
            }
        }
    }
}
