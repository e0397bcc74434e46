// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of a server: no more connections, no more requests on those there are, and time for the answers under way.
 * Watches, which would never end, end at once and in good order. Blocks the caller.
 */
final class Drain {
    private static final Duration LAST = Duration.ofSeconds(1);

    private Drain() {}

    static void run(Channel listener, Wiring wiring, Duration patience) {
        listener.close().awaitUninterruptibly();
        awaitSelector(listener.eventLoop());
        wiring.drain();
        wiring.connections.forEach(Connection::drain);
        if (!empty(wiring, patience)) {
            wiring.connections.forEach(Connection::cut);
            empty(wiring, LAST);
        }
        wiring.threads.close();
    }

    /**
     * The system frees a closed port only when the selector looks again. What the loop itself schedules runs after that;
     * what others schedule may not, when its time has come before the loop sees it.
     */
    private static void awaitSelector(EventLoop loop) {
        Promise<Void> looked = loop.newPromise();
        loop.execute(() -> loop.schedule(() -> looked.setSuccess(null), 1, TimeUnit.MILLISECONDS));
        looked.awaitUninterruptibly();
    }

    private static boolean empty(Wiring wiring, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (!wiring.connections.isEmpty() && !interrupted && System.nanoTime() - end < 0) {
            interrupted = !wiring.awaitClosed(end);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return wiring.connections.isEmpty();
    }
}
