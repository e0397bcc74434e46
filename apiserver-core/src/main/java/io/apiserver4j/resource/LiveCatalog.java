// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The catalog as it is now, and those who want to know when it changes. Safe for use by several threads. */
public final class LiveCatalog {
    private final List<Consumer<Catalog>> listeners = new CopyOnWriteArrayList<>();
    private volatile Catalog current;

    /** Starts with a catalog. */
    public LiveCatalog(Catalog start) {
        current = start;
    }

    /** The catalog as it is now. */
    public Catalog current() {
        return current;
    }

    /** Puts a changed catalog in place and tells the listeners, on this thread; one change at a time. */
    public synchronized void change(UnaryOperator<Catalog> change) {
        Catalog changed = change.apply(current);
        if (changed != current) {
            current = changed;
            listeners.forEach(listener -> listener.accept(changed));
        }
    }

    /** Adds a listener; it is told of later changes only. */
    public void onChange(Consumer<Catalog> listener) {
        listeners.add(listener);
    }
}
