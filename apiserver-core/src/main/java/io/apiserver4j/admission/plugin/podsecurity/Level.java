// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much a namespace forbids, from nothing on. */
enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    static final String PROBLEM = "must be one of privileged, baseline, restricted";

    /** The level of a word, or null. */
    static @Nullable Level of(String word) {
        for (Level level : values()) {
            if (level.toString().equals(word)) {
                return level;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
