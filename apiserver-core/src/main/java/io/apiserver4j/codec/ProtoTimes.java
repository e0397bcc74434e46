// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times between their text and the seconds and nanoseconds of protobuf. */
final class ProtoTimes {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private ProtoTimes() {}

    static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new DecodeException("no time: " + text);
        }
    }

    static String seconds(long seconds) {
        return SECONDS.format(at(seconds, 0));
    }

    static String micros(long seconds, long nanos) {
        return MICROS.format(at(seconds, nanos));
    }

    private static OffsetDateTime at(long seconds, long nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new DecodeException("no time: " + seconds);
        }
    }
}
