// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import io.apiserver4j.meta.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of one watcher go. Calls come one after the other, on the thread that delivers for the whole resource:
 * they must be quick and never block.
 */
public interface FeedSink {
    /** One event that concerns the watcher, in the shape it has for the watcher (an object that left a selector is DELETED). */
    void event(ObjectEvent.Type type, ObjectEvent event);

    /** The feed ended; null where the server goes down or the resource went away. Nothing comes after this. */
    void end(@Nullable ApiException cause);
}
