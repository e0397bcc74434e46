// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.request.Cancellation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One write's way through the plugins: how long there is time, what plugins remember of the first round, and whether there
 * is to be a second one. Used by the request's thread.
 */
public final class Passage {
    private final @Nullable Instant deadline;
    private final Cancellation cancellation;
    private final Map<Object, Object> memories = new HashMap<>(0);
    private boolean again;
    private boolean second;

    /** A way that begins; null where there is no time limit. */
    public Passage(@Nullable Instant deadline, Cancellation cancellation) {
        this.deadline = deadline;
        this.cancellation = cancellation;
    }

    /** When the call's answer must be there, or null. */
    public @Nullable Instant deadline() {
        return deadline;
    }

    /** Tells when nobody waits for the call's answer any more. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Asks for a second round of all mutating plugins: the object was changed in a way that earlier ones have not seen.
     * There is at most one.
     */
    public void askAgain() {
        again = true;
    }

    /** True in the second round. */
    public boolean isSecondRound() {
        return second;
    }

    /** Begins the second round where one is due; false where none is. */
    boolean beginSecondRound() {
        if (!again || second) {
            return false;
        }
        second = true;
        return true;
    }

    /** What a plugin remembers of this write, made when first asked for; kept over both rounds. */
    @SuppressWarnings("unchecked") // a plugin is asked with one type only
    public <T> T memory(Object plugin, Supplier<T> fresh) {
        return (T) memories.computeIfAbsent(plugin, p -> fresh.get());
    }
}
