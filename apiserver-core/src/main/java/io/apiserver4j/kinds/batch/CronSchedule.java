// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.ScalarSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The form of a cron job's schedule: five fields, or a name like {@code @daily}, or {@code @every 1h}. What is wrong with one is
 * said with the texts of the library that Kubernetes reads schedules with (robfig/cron).
 */
final class CronSchedule {
    private static final Set<String> NAMES =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final String EVERY = "@every ";
    private static final List<Field> FIELDS = List.of(
            new Field(0, 59, List.of()),
            new Field(0, 23, List.of()),
            new Field(1, 31, List.of()),
            new Field(
                    1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new Field(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private CronSchedule() {}

    /** Reads a schedule; throws {@link ScalarSyntaxException} with the text that clients see where it is none. */
    static void check(String schedule) {
        if (schedule.isEmpty()) {
            throw new ScalarSyntaxException("empty spec string");
        }
        String rest = schedule.startsWith("TZ=") || schedule.startsWith("CRON_TZ=") ? afterZone(schedule) : schedule;
        if (rest.startsWith("@")) {
            named(rest);
            return;
        }
        List<String> fields = words(rest);
        if (fields.size() != FIELDS.size()) {
            throw new ScalarSyntaxException("expected exactly " + FIELDS.size() + " fields, found " + fields.size()
                    + ": [" + String.join(" ", fields) + "]");
        }
        for (int i = 0; i < fields.size(); i++) {
            FIELDS.get(i).check(fields.get(i));
        }
    }

    private static String afterZone(String schedule) {
        int blank = schedule.indexOf(' ');
        if (blank < 0) {
            throw new ScalarSyntaxException("invalid schedule format: runtime error: slice bounds out of range [:-1]");
        }
        String zone = schedule.substring(schedule.indexOf('=') + 1, blank);
        try {
            TimeZones.check(zone);
        } catch (ScalarSyntaxException e) {
            throw new ScalarSyntaxException("provided bad location " + zone + ": " + e.text());
        }
        return schedule.substring(blank).strip();
    }

    private static void named(String name) {
        if (NAMES.contains(name)) {
            return;
        }
        if (!name.startsWith(EVERY)) {
            throw new ScalarSyntaxException("unrecognized descriptor: " + name);
        }
        try {
            GoDuration.parse(name.substring(EVERY.length()));
        } catch (ScalarSyntaxException e) {
            throw new ScalarSyntaxException("failed to parse duration " + name + ": " + e.text());
        }
    }

    private static List<String> words(String text) {
        List<String> out = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || isSpace(text.charAt(i));
            if (blank && start >= 0) {
                out.add(text.substring(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return out;
    }

    /** White space as Go has it. */
    private static boolean isSpace(char c) {
        return c >= 9 && c <= 13 || c == 0x85 || Character.isSpaceChar(c);
    }

    /** One field of a schedule: the numbers it may hold, and names for them from the first one on. */
    private record Field(long minimum, long maximum, List<String> names) {
        void check(String text) {
            for (String range : text.split(",")) {
                if (!range.isEmpty()) {
                    range(range);
                }
            }
        }

        private void range(String range) {
            String[] rangeAndStep = range.split("/", -1);
            String[] ends = rangeAndStep[0].split("-", -1);
            long start = minimum;
            long end = maximum;
            if (!ends[0].equals("*") && !ends[0].equals("?")) {
                start = number(ends[0]);
                if (ends.length > 2) {
                    throw new ScalarSyntaxException("too many hyphens: " + range);
                }
                end = ends.length == 1 ? start : number(ends[1]);
            }
            if (rangeAndStep.length > 2) {
                throw new ScalarSyntaxException("too many slashes: " + range);
            }
            long step = 1;
            if (rangeAndStep.length == 2) {
                step = count(rangeAndStep[1]);
                end = ends.length == 1 ? maximum : end;
            }
            bounds(start, end, step, range);
        }

        private void bounds(long start, long end, long step, String range) {
            String problem = null;
            if (start < minimum) {
                problem = "beginning of range (" + start + ") below minimum (" + minimum + ")";
            } else if (end > maximum) {
                problem = "end of range (" + end + ") above maximum (" + maximum + ")";
            } else if (start > end) {
                problem = "beginning of range (" + start + ") beyond end of range (" + end + ")";
            } else if (step == 0) {
                problem = "step of range should be a positive number";
            }
            if (problem != null) {
                throw new ScalarSyntaxException(problem + ": " + range);
            }
        }

        private long number(String text) {
            int name = names.indexOf(text.toLowerCase(Locale.ROOT));
            return name >= 0 ? minimum + name : count(text);
        }

        private static long count(String text) {
            long number;
            try {
                number = GoNumbers.atoi(text);
            } catch (ScalarSyntaxException e) {
                throw new ScalarSyntaxException("failed to parse int from " + text + ": " + e.text());
            }
            if (number < 0) {
                throw new ScalarSyntaxException("negative number (" + number + ") not allowed: " + text);
            }
            return number;
        }
    }
}
