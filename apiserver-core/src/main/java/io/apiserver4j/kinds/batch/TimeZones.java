// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.batch;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.value.ValuePath;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of time zones, as the IANA database has them. The database is Java's; a few old names that it leaves out are added. */
final class TimeZones {
    private static final Set<String> LEFT_OUT = Set.of("", "EST", "HST", "MST", "ROC", "Factory", "Local");
    private static final int LONGEST_PART = 14;

    private TimeZones() {}

    /** Throws {@link ScalarSyntaxException} with Go's text where there is no such zone. */
    static void check(String name) {
        boolean path = name.contains("..") || name.startsWith("/") || name.indexOf('\\') >= 0;
        if (path) {
            throw new ScalarSyntaxException("time: invalid location name");
        }
        boolean known = LEFT_OUT.contains(name)
                || !name.startsWith("SystemV/") && ZoneId.getAvailableZoneIds().contains(name);
        if (!known) {
            throw new ScalarSyntaxException("unknown time zone " + name);
        }
    }

    /** The zone of a cron job: explicit and known. */
    static void check(@Nullable String zone, ValuePath path, FieldErrors errors) {
        if (zone == null) {
            return;
        }
        if (zone.isEmpty()) {
            errors.invalidShown(path, FieldErrors.json(zone), "timeZone must be nil or non-empty string");
            return;
        }
        for (String part : zone.split("/", -1)) {
            if (!isPart(part)) {
                errors.invalidShown(path, FieldErrors.json(zone), "unknown time zone " + zone);
                return;
            }
        }
        if (zone.toLowerCase(Locale.ROOT).equals("local")) {
            errors.invalidShown(
                    path,
                    FieldErrors.json(zone),
                    "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        try {
            check(zone);
        } catch (ScalarSyntaxException e) {
            errors.invalidShown(path, FieldErrors.json(zone), e.text());
        }
    }

    private static boolean isPart(String part) {
        return !part.isEmpty()
                && part.length() <= LONGEST_PART
                && !part.equals(".")
                && !part.equals("..")
                && !part.startsWith("-")
                && part.chars().allMatch(TimeZones::inPart);
    }

    private static boolean inPart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._-+".indexOf(c) >= 0;
    }
}
