// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ScalarSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indexes of a job as its status and success policy spell them: {@code 1,3-5,7}. All texts are Kubernetes'. */
final class JobIndexes {
    /** From and to, both counted. */
    private record Interval(long first, long last) {}

    private JobIndexes() {}

    /**
     * How many indexes a text names; empty names none.
     *
     * @throws ScalarSyntaxException where the text does not hold ascending intervals below the number of completions
     */
    static long count(String text, long completions) {
        long total = 0;
        long last = -1;
        boolean first = true;
        for (String part : parts(text)) {
            Interval interval = parse(part, completions);
            if (!first && last >= interval.first) {
                throw new ScalarSyntaxException(
                        "non-increasing order, previous: " + last + ", current: " + interval.first);
            }
            total += interval.last - interval.first + 1;
            last = interval.last;
            first = false;
        }
        return total;
    }

    /** The first index that both texts name, or null; intervals that cannot be read are passed over. */
    static @Nullable Long shared(String completed, String failed, long completions) {
        List<Interval> ones = readable(completed, completions);
        List<Interval> others = readable(failed, completions);
        int i = 0;
        int j = 0;
        while (i < ones.size() && j < others.size()) {
            Interval one = ones.get(i);
            Interval other = others.get(j);
            if (one.first <= other.last && other.first <= one.last) {
                return Math.max(one.first, other.first);
            }
            if (one.first <= other.first) {
                i++;
            } else {
                j++;
            }
        }
        return null;
    }

    private static List<Interval> readable(String text, long completions) {
        List<Interval> out = new ArrayList<>();
        for (String part : parts(text)) {
            try {
                out.add(parse(part, completions));
            } catch (ScalarSyntaxException e) {
                continue; // told where the form of the text is checked
            }
        }
        return out;
    }

    private static List<String> parts(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static Interval parse(String part, long completions) {
        String[] ends = part.split("-", -1);
        if (ends.length > 2) {
            throw new ScalarSyntaxException("the fragment " + GoText.quote(part)
                    + " violates the requirement that an index interval can have at most two parts separated by '-'");
        }
        long first = index(ends[0], completions);
        if (ends.length == 1) {
            return new Interval(first, first);
        }
        long last = index(ends[1], completions);
        if (first >= last) {
            throw new ScalarSyntaxException("non-increasing order, previous: " + first + ", current: " + last);
        }
        return new Interval(first, last);
    }

    private static long index(String text, long completions) {
        long index;
        try {
            index = GoNumbers.atoi(text);
        } catch (ScalarSyntaxException e) {
            throw new ScalarSyntaxException("cannot convert string to integer for index: " + GoText.quote(text));
        }
        if (index >= completions) {
            throw new ScalarSyntaxException("too large index: " + GoText.quote(text));
        }
        return index;
    }
}
