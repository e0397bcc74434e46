// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import io.apiserver4j.meta.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on request.
 *
 * @param status the answer instead of the real one, null where the call goes on
 * @param delay how long the call waits before anything else
 * @param afterwards true where the call does its work first and only the answer is wrong
 * @param frames after how many events a watch is cut; -1 where none is
 */
public record Fault(@Nullable Status status, Duration delay, boolean afterwards, int frames) {
    /** An answer of a code, with the reason that kube-apiserver gives it. */
    public static Fault answer(int code) {
        Status status = switch (code) {
            case 409 -> Status.conflict("", "", "", "injected by the test");
            case 410 -> Status.expired("too old resource version: injected by the test");
            case 429 -> Status.tooManyRequests("injected by the test", 1);
            case 503 -> Status.serviceUnavailable("injected by the test");
            case 504 -> Status.timeout("injected by the test", 0);
            default -> Status.internalError("injected by the test");
        };
        return answer(status);
    }

    /** An answer of a failure. */
    public static Fault answer(Status status) {
        return new Fault(status, Duration.ZERO, false, -1);
    }

    /** A call that takes longer. */
    public static Fault delay(Duration delay) {
        return new Fault(null, delay, false, -1);
    }

    /** A watch that ends after so many events, without a word. */
    public static Fault cutWatch(int events) {
        return new Fault(null, Duration.ZERO, false, events);
    }

    /** A watch or list whose resourceVersion is said to be too old (410). */
    public static Fault expired() {
        return answer(410);
    }

    /** The same fault, but the call does its work first: the write is kept, and the client does not learn of it. */
    public Fault afterTheWork() {
        return new Fault(status, delay, true, frames);
    }
}
