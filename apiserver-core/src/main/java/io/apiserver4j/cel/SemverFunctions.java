// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.BOOL;
import static io.apiserver4j.cel.CelType.INT;
import static io.apiserver4j.cel.CelType.STRING;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code semver('1.2.3-rc.1')}: semantic versions, their order and parts. */
final class SemverFunctions {
    private static final CelType SEMVER = CelType.opaque("kubernetes.Semver");
    private static final FunctionTable.Cost ONE = FunctionTable.Cost.ONE;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*");
    private static final Pattern IDENTIFIER = Pattern.compile("[0-9A-Za-z-]+");
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

    private SemverFunctions() {}

    private record Version(List<BigInteger> core, List<String> pre, List<String> build)
            implements CelOpaque, Comparable<Version> {
        @Override
        public CelType type() {
            return SEMVER;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Version that && compareTo(that) == 0;
        }

        @Override
        public int hashCode() {
            return core.hashCode() * 31 + pre.hashCode();
        }

        @Override
        public int compareTo(Version other) {
            for (int i = 0; i < 3; i++) {
                int order = core.get(i).compareTo(other.core.get(i));
                if (order != 0) {
                    return order;
                }
            }
            if (pre.isEmpty() || other.pre.isEmpty()) {
                return Boolean.compare(pre.isEmpty(), other.pre.isEmpty());
            }
            for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
                int order = identifiers(pre.get(i), other.pre.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(pre.size(), other.pre.size());
        }

        private static int identifiers(String one, String other) {
            boolean number = NUMBER.matcher(one).matches();
            boolean otherNumber = NUMBER.matcher(other).matches();
            if (number != otherNumber) {
                return number ? -1 : 1;
            }
            return Integer.signum(number ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other));
        }
    }

    static void addTo(FunctionTable table) {
        List<CelType> one = List.of(SEMVER);
        List<CelType> two = List.of(SEMVER, SEMVER);
        List<CelType> text = List.of(STRING);
        List<CelType> tolerant = List.of(STRING, BOOL);
        table.global("semver", "string_to_semver", SEMVER, text, a -> parsed((String) a[0]), Costs.TRAVERSE);
        table.global(
                "semver",
                "string_bool_to_semver",
                SEMVER,
                tolerant,
                a -> parsed((Boolean) a[1] ? normalized((String) a[0]) : (String) a[0]),
                Costs.TRAVERSE);
        table.global("isSemver", "is_semver_string", BOOL, text, a -> isOne((String) a[0], false), Costs.TRAVERSE);
        table.global(
                "isSemver",
                "is_semver_string_bool",
                BOOL,
                tolerant,
                a -> isOne((String) a[0], (Boolean) a[1]),
                Costs.TRAVERSE);
        table.member("isGreaterThan", "semver_is_greater_than", BOOL, two, a -> of(a[0]).compareTo(of(a[1])) > 0, ONE);
        table.member("isLessThan", "semver_is_less_than", BOOL, two, a -> of(a[0]).compareTo(of(a[1])) < 0, ONE);
        table.member(
                "compareTo",
                "semver_compare_to",
                INT,
                two,
                a -> (long) Integer.signum(of(a[0]).compareTo(of(a[1]))),
                ONE);
        table.member(
                "major", "semver_major", INT, one, a -> of(a[0]).core().get(0).longValue(), ONE);
        table.member(
                "minor", "semver_minor", INT, one, a -> of(a[0]).core().get(1).longValue(), ONE);
        table.member(
                "patch", "semver_patch", INT, one, a -> of(a[0]).core().get(2).longValue(), ONE);
    }

    private static Version of(Object value) {
        return (Version) value;
    }

    private static boolean isOne(String text, boolean tolerant) {
        try {
            parsed(tolerant ? normalized(text) : text);
            return true;
        } catch (CelEvaluationException wrong) {
            return false;
        }
    }

    private static Version parsed(String text) {
        if (text.isEmpty()) {
            throw new CelEvaluationException("Version string empty");
        }
        String[] parts = text.split("\\.", 3);
        if (parts.length != 3) {
            throw new CelEvaluationException("No Major.Minor.Patch elements found");
        }
        String rest = parts[2];
        int build = rest.indexOf('+');
        String builds = build < 0 ? null : rest.substring(build + 1);
        rest = build < 0 ? rest : rest.substring(0, build);
        int pre = rest.indexOf('-');
        String pres = pre < 0 ? null : rest.substring(pre + 1);
        rest = pre < 0 ? rest : rest.substring(0, pre);
        return new Version(
                List.of(number(parts[0], "major"), number(parts[1], "minor"), number(rest, "patch")),
                identifiers(pres, true),
                identifiers(builds, false));
    }

    private static BigInteger number(String text, String which) {
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new CelEvaluationException("Invalid character(s) found in " + which + " number \"" + text + "\"");
        }
        if (text.length() > 1 && text.startsWith("0")) {
            String name = Character.toUpperCase(which.charAt(0)) + which.substring(1);
            throw new CelEvaluationException(name + " number must not contain leading zeroes \"" + text + "\"");
        }
        if (text.isEmpty() || new BigInteger(text).compareTo(LIMIT) >= 0) {
            throw new CelEvaluationException("strconv.ParseUint: parsing \"" + text + "\": "
                    + (text.isEmpty() ? "invalid syntax" : "value out of range"));
        }
        return new BigInteger(text);
    }

    private static List<String> identifiers(@Nullable String text, boolean pre) {
        if (text == null) {
            return List.of();
        }
        List<String> parts = List.of(text.split("\\.", -1));
        for (String part : parts) {
            if (part.isEmpty()) {
                throw new CelEvaluationException(pre ? "Prerelease is empty" : "Build meta data is empty");
            }
            if (!IDENTIFIER.matcher(part).matches()) {
                throw new CelEvaluationException("Invalid character(s) found in "
                        + (pre ? "prerelease" : "build meta data") + " \"" + part + "\"");
            }
            if (pre && part.length() > 1 && part.startsWith("0") && part.chars().allMatch(Character::isDigit)) {
                throw new CelEvaluationException(
                        "Numeric PreRelease version must not contain leading zeroes \"" + part + "\"");
            }
        }
        return parts;
    }

    /** Without the letter before it, without leading zeros, with all three numbers. */
    private static String normalized(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].length() > 1) {
                String stripped = parts[i].replaceFirst("^0+", "");
                parts[i] = stripped.isEmpty() || !Character.isDigit(stripped.charAt(0)) ? "0" + stripped : stripped;
            }
        }
        String last = parts[parts.length - 1];
        if (parts.length < 3 && (last.indexOf('+') >= 0 || last.indexOf('-') >= 0)) {
            throw new CelEvaluationException("short version cannot contain PreRelease/Build meta data");
        }
        return String.join(".", parts) + ".0".repeat(3 - parts.length);
    }
}
