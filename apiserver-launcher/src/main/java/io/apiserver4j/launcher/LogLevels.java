// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.ScalarSyntaxException;

/**
 * How much is logged. Kubernetes' levels are mapped to those of SLF4J, and told to its simple binding, which reads them when
 * the first logger is made: {@link #apply} must come before that.
 */
final class LogLevels {
    private static final String SIMPLE = "org.slf4j.simpleLogger.";

    private LogLevels() {}

    /** Checks a list of patterns with levels; throws {@link ScalarSyntaxException} with the text of klog. */
    static void check(String patterns) {
        for (String pattern : patterns.split(",", -1)) {
            String[] parts = pattern.split("=", -1);
            if (pattern.isEmpty()) {
                continue;
            }
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new ScalarSyntaxException("syntax error: expect comma-separated list of filename=N");
            }
            try {
                GoNumbers.atoi(parts[1]);
            } catch (ScalarSyntaxException e) {
                throw new ScalarSyntaxException("syntax error: expect comma-separated list of filename=N");
            }
        }
    }

    /** Sets the level of all loggers, and those of single ones: names of loggers or packages with levels. */
    static void apply(int level, String patterns) {
        // Named here, so that SLF4J doesn't look for it in every jar of the class path.
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty(SIMPLE + "defaultLogLevel", word(level));
        for (String pattern : patterns.split(",", -1)) {
            int equals = pattern.indexOf('=');
            if (equals > 0) {
                String name = pattern.substring(0, equals);
                System.setProperty(SIMPLE + "log." + name, word((int) GoNumbers.atoi(pattern.substring(equals + 1))));
            }
        }
    }

    private static String word(int level) {
        if (level <= 0) {
            return "warn";
        }
        return level < 4 ? "info" : level < 6 ? "debug" : "trace";
    }
}
