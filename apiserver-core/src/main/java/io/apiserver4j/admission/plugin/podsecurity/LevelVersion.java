// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import org.jspecify.annotations.Nullable;

/**
 * A level as it was at a release.
 *
 * @param minor the release's second number; {@link #LATEST} for the newest that is known
 */
record LevelVersion(Level level, int minor) {
    static final int LATEST = Integer.MAX_VALUE;
    static final String PROBLEM = "must be \"latest\" or \"v1.x\"";
    static final LevelVersion PRIVILEGED = new LevelVersion(Level.PRIVILEGED, LATEST);

    private static final String PREFIX = "v1.";

    /** The second number of {@code v1.x} or {@code latest}, or null. */
    static @Nullable Integer minor(String text) {
        if (text.equals("latest")) {
            return LATEST;
        }
        if (!text.startsWith(PREFIX)) {
            return null;
        }
        String digits = text.substring(PREFIX.length());
        boolean number = !digits.isEmpty()
                && digits.length() < 10
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return number ? Integer.valueOf(digits) : null;
    }

    LevelVersion withLevel(Level changed) {
        return new LevelVersion(changed, minor);
    }

    LevelVersion withMinor(int changed) {
        return new LevelVersion(level, changed);
    }

    /** True where both forbid the same. */
    boolean isLike(LevelVersion other) {
        return level == Level.PRIVILEGED ? other.level == Level.PRIVILEGED : equals(other);
    }

    @Override
    public String toString() {
        return level + ":" + (minor == LATEST ? "latest" : PREFIX + minor);
    }
}
