// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import java.lang.ref.WeakReference;

/**
 * Ticks a store from time to time while it has entries that expire. It holds the store weakly, so that one that was
 * dropped without being closed does not live on through it.
 */
final class TickThread extends Thread {

    private static final long PAUSE_MILLIS = 500;

    private final WeakReference<MemoryStore> store;

    TickThread(MemoryStore store) {
        super("apiserver4j-memory-expiry");
        this.store = new WeakReference<>(store);
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            do {
                sleep(PAUSE_MILLIS);
            } while (tick());
        } catch (InterruptedException closed) {
            // the store is closed
        }
    }

    private boolean tick() {
        MemoryStore held = store.get();
        return held != null && held.tickOfThread();
    }
}
