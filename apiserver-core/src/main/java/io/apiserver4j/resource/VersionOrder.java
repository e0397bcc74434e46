// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of versions within a group, the preferred one first: stable versions before beta before alpha, larger numbers
 * first; names of another form stand behind, by alphabet.
 */
public final class VersionOrder implements Comparator<String> {
    /** The order. */
    public static final Comparator<String> PREFERRED_FIRST = new VersionOrder();

    private static final Pattern FORM = Pattern.compile("v([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*))?");

    private VersionOrder() {}

    private record Parsed(int stability, long major, long minor) {}

    @Override
    public int compare(String one, String other) {
        Parsed left = parse(one);
        Parsed right = parse(other);
        int result = Integer.compare(right.stability(), left.stability());
        if (result == 0) {
            result = Long.compare(right.major(), left.major());
        }
        if (result == 0) {
            result = Long.compare(right.minor(), left.minor());
        }
        return result == 0 ? one.compareTo(other) : result;
    }

    private static Parsed parse(String version) {
        Matcher form = FORM.matcher(version);
        if (!form.matches() || form.group(1).length() > 9) {
            return new Parsed(0, 0, 0);
        }
        long major = Long.parseLong(form.group(1));
        String word = form.group(2);
        if (word == null) {
            return new Parsed(3, major, 0);
        }
        String minor = form.group(3);
        return minor.length() > 9
                ? new Parsed(0, 0, 0)
                : new Parsed(word.equals("beta") ? 2 : 1, major, Long.parseLong(minor));
    }
}
