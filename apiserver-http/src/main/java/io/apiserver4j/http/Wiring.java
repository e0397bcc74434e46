// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiCaller;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the connections of one server share. Safe for use by several threads. */
final class Wiring {
    final ApiCaller door;
    final ConnectionLimits limits;
    final HandlerThreads threads;
    final boolean compression;
    final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private final AtomicInteger handlers = new AtomicInteger();
    private final AtomicLong buffered = new AtomicLong();
    private volatile boolean draining;

    Wiring(ApiCaller door, ConnectionLimits limits, HandlerThreads threads, boolean compression) {
        this.door = door;
        this.limits = limits;
        this.threads = threads;
        this.compression = compression;
    }

    /** Takes a place for a handler that runs or waits; false where there is none. */
    boolean admit() {
        if (handlers.incrementAndGet() > limits.handlers() + limits.waiting()) {
            handlers.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives a handler's place back. */
    void leave() {
        handlers.decrementAndGet();
    }

    /** Takes memory for bodies; false where too much is held. */
    boolean hold(long bytes) {
        if (buffered.addAndGet(bytes) > limits.bufferedBytes()) {
            buffered.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives memory for bodies back. */
    void release(long bytes) {
        buffered.addAndGet(-bytes);
    }

    /** Bytes of bodies held now. */
    long held() {
        return buffered.get();
    }

    /** Handlers that run or wait now. */
    int busy() {
        return handlers.get();
    }

    /** A connection was closed. */
    synchronized void closed(Connection connection) {
        connections.remove(connection);
        notifyAll();
    }

    /** Waits until a connection closes or a time (of nanoTime) comes; false where the thread is interrupted. */
    synchronized boolean awaitClosed(long end) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        try {
            if (millis > 0 && !connections.isEmpty()) {
                wait(millis);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** From now on no connection takes another request. */
    void drain() {
        draining = true;
    }

    /** True once the server takes no more requests. */
    boolean isDraining() {
        return draining;
    }
}
