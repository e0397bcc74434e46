// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

/** What becomes of unknown and duplicate fields of a body. */
public enum FieldValidation {
    /** They are dropped in silence. */
    IGNORE,
    /** Each is a warning; the default. */
    WARN,
    /** One is enough to refuse the body. */
    STRICT;

    /** Reads the {@code fieldValidation} parameter, which was checked before; empty means {@link #WARN}. */
    public static FieldValidation of(String parameter) {
        return switch (parameter) {
            case "Ignore" -> IGNORE;
            case "Strict" -> STRICT;
            default -> WARN;
        };
    }
}
