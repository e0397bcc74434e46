// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.channel.Channel;
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
        // the port is free only once the selector has looked again
        listener.eventLoop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        wiring.drain();
        wiring.connections.forEach(Connection::drain);
        if (!empty(wiring, patience)) {
            wiring.connections.forEach(Connection::cut);
            empty(wiring, LAST);
        }
        wiring.threads.close();
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
