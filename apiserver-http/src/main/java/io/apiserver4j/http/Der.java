// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The few forms of DER (X.690) that certificates and keys are made of.
 *
 * <p>Own code and not Bouncy Castle's, since these are the first steps of every start: its jar is signed, and checking it
 * cost half a second in a young JVM and keeps its classes out of a class-data archive.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;

    private static final int BOOLEAN = 0x01;
    private static final int NULL = 0x05;
    private static final int UTF8 = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONTEXT_CONSTRUCTED = 0xa0;
    private static final int LAST_UTC_YEAR = 2049;

    private Der() {}

    /** A tag, the length and a content. */
    static byte[] of(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] size = BigInteger.valueOf(length).toByteArray();
            int skip = size[0] == 0 ? 1 : 0;
            out.write(0x80 | size.length - skip);
            out.write(size, skip, size.length - skip);
        }
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return of(SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return of(SET, parts);
    }

    /** A part with the number of its place, around its own tag. */
    static byte[] explicit(int number, byte[] part) {
        return of(CONTEXT_CONSTRUCTED | number, part);
    }

    /** A part with the number of its place instead of its own tag. */
    static byte[] implicit(int number, byte[] content) {
        return of(CONTEXT | number, content);
    }

    static byte[] integer(BigInteger value) {
        return of(INTEGER, value.toByteArray());
    }

    static byte[] integer(int value) {
        return integer(BigInteger.valueOf(value));
    }

    static byte[] yes() {
        return of(BOOLEAN, new byte[] {(byte) 0xff});
    }

    static byte[] nothing() {
        return of(NULL);
    }

    static byte[] text(String value) {
        return of(UTF8, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] octets(byte[] content) {
        return of(OCTET_STRING, content);
    }

    /** Whole bytes as bits. */
    static byte[] bits(byte[] content) {
        return of(BIT_STRING, new byte[1], content);
    }

    /** An object identifier of its text, such as 2.5.29.15. */
    static byte[] oid(String text) {
        String[] arcs = text.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    out.write(arc >>> shift & 0x7f | 0x80);
                }
            }
            out.write(arc & 0x7f);
        }
        return of(OID, out.toByteArray());
    }

    /** A time in seconds, in the form that certificates want for its year. */
    static byte[] time(Instant instant) {
        OffsetDateTime at = instant.atOffset(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder();
        boolean utc = at.getYear() <= LAST_UTC_YEAR;
        if (utc) {
            two(out, at.getYear() % 100);
        } else {
            out.append(at.getYear());
        }
        two(out, at.getMonthValue());
        two(out, at.getDayOfMonth());
        two(out, at.getHour());
        two(out, at.getMinute());
        two(out, at.getSecond());
        return of(utc ? UTC_TIME : GENERALIZED_TIME, out.append('Z').toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void two(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** One element that was read: its tag and content, and the whole. */
    record Element(int tag, byte[] content, byte[] whole) {
        /** The elements within. */
        List<Element> parts() {
            return read(content);
        }
    }

    /**
     * The elements of a text, one after the other.
     *
     * @throws IllegalArgumentException where it is no DER
     */
    static List<Element> read(byte[] der) {
        List<Element> out = new ArrayList<>();
        int at = 0;
        while (at < der.length) {
            int start = at;
            int tag = der[at++] & 0xff;
            int length = at < der.length ? der[at++] & 0xff : -1;
            if (length > 0x80) {
                int bytes = length & 0x7f;
                length = 0;
                for (int i = 0; i < bytes && at < der.length && length < 1 << 20; i++) {
                    length = length << 8 | der[at++] & 0xff;
                }
            }
            if (length < 0 || length > der.length - at) {
                throw new IllegalArgumentException("no DER");
            }
            out.add(new Element(
                    tag, Arrays.copyOfRange(der, at, at + length), Arrays.copyOfRange(der, start, at + length)));
            at += length;
        }
        return out;
    }

    /** The elements of a sequence. */
    static List<Element> readSequence(byte[] der) {
        List<Element> read = read(der);
        if (read.size() != 1 || read.get(0).tag != SEQUENCE) {
            throw new IllegalArgumentException("no DER sequence");
        }
        return read.get(0).parts();
    }
}
