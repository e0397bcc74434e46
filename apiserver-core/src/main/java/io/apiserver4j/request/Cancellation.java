// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.ArrayList;
import java.util.List;

/** The signal that nobody waits for an answer any more. Safe for use by several threads. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>(1);
    private boolean cancelled;

    /** True once nobody waits. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Says that nobody waits; the second time does nothing. */
    public void cancel() {
        List<Runnable> told;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    /** Runs something when nobody waits any more, at once where that is so already; on the thread that cancels. */
    public void onCancel(Runnable listener) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }
}
