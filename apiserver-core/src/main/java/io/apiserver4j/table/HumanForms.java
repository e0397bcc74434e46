// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.meta.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times and durations as {@code kubectl get} shows them: {@code 42s}, {@code 5m30s}, {@code 2d3h}, {@code 3y40d}. */
public final class HumanForms {
    /** What stands for a time that is not set. */
    public static final String UNKNOWN = "<unknown>";

    private static final String INVALID = "<invalid>";
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 365 * DAY;

    private HumanForms() {}

    /** A duration with two or three significant figures. Two seconds and more into the past are no duration. */
    public static String duration(Duration duration) {
        long seconds = duration.isNegative() ? -duration.negated().toSeconds() : duration.toSeconds();
        if (seconds < -1) {
            return INVALID;
        }
        if (seconds < 2 * MINUTE) {
            return Math.max(seconds, 0) + "s";
        }
        if (seconds < 10 * MINUTE) {
            return pair(seconds, MINUTE, "m", 1, "s");
        }
        if (seconds < 3 * HOUR) {
            return seconds / MINUTE + "m";
        }
        if (seconds < 8 * HOUR) {
            return pair(seconds, HOUR, "h", MINUTE, "m");
        }
        if (seconds < 2 * DAY) {
            return seconds / HOUR + "h";
        }
        if (seconds < 8 * DAY) {
            return pair(seconds, DAY, "d", HOUR, "h");
        }
        if (seconds < 2 * YEAR) {
            return seconds / DAY + "d";
        }
        if (seconds < 8 * YEAR) {
            return pair(seconds, YEAR, "y", DAY, "d");
        }
        return seconds / YEAR + "y";
    }

    private static String pair(long seconds, long large, String largeName, long small, String smallName) {
        long rest = seconds % large / small;
        return seconds / large + largeName + (rest == 0 ? "" : rest + smallName);
    }

    /** How long ago a timestamp was, or {@link #UNKNOWN} where it is missing or no timestamp. */
    public static String since(@Nullable String timestamp, Instant now) {
        Instant then = time(timestamp);
        return then == null ? UNKNOWN : since(then, now);
    }

    /** How long ago a time was. */
    public static String since(Instant then, Instant now) {
        return duration(Duration.between(then, now));
    }

    /** The time that a timestamp stands for, or null where it is missing, no timestamp, or Go's zero time. */
    public static @Nullable Instant time(@Nullable String timestamp) {
        if (timestamp == null) {
            return null;
        }
        try {
            Instant time = Timestamp.parse(timestamp);
            return Timestamp.isZero(time) ? null : time;
        } catch (ScalarSyntaxException notATime) {
            return null;
        }
    }

    /** A timestamp in UTC with whole seconds; a missing one is the first second of year 1. */
    public static String utc(@Nullable String timestamp) {
        Instant then = time(timestamp);
        return then == null ? "0001-01-01T00:00:00Z" : Timestamp.format(then);
    }
}
