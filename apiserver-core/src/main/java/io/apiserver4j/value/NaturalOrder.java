// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.Comparator;

/** The order of names in YAML texts: runs of digits by their number, letters behind everything else, else by code point. */
final class NaturalOrder implements Comparator<String> {
    @Override
    public int compare(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] != b[i]) {
                return differing(a, b, i);
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static int differing(int[] a, int[] b, int at) {
        boolean letterA = Character.isLetter(a[at]);
        boolean letterB = Character.isLetter(b[at]);
        if (letterA && letterB) {
            return Integer.compare(a[at], b[at]);
        }
        if (letterA || letterB) {
            return letterB ? -1 : 1;
        }
        // a zero inside a number that has begun is no leading zero
        long start = 0;
        if (a[at] == '0' || b[at] == '0') {
            for (int j = at - 1; j >= 0 && Character.isDigit(a[j]); j--) {
                if (a[j] != '0') {
                    start = 1;
                    break;
                }
            }
        }
        int endA = digits(a, at);
        int endB = digits(b, at);
        int byNumber = Long.compare(number(a, at, endA, start), number(b, at, endB, start));
        if (byNumber != 0) {
            return byNumber;
        }
        return endA != endB ? Integer.compare(endA, endB) : Integer.compare(a[at], b[at]);
    }

    private static int digits(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static long number(int[] text, int from, int to, long start) {
        long number = start;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }
}
