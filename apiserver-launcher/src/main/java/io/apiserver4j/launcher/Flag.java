// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.util.List;

/**
 * A flag of the program.
 *
 * @param name without dashes
 * @param group the heading it stands under in the help
 * @param type how its values are read
 * @param defaultText its default in Go's spelling; empty where it is the empty value of the type
 * @param state what becomes of it here
 * @param help what it is for
 */
record Flag(String name, String group, FlagType type, String defaultText, State state, String help) {
    /** What becomes of a flag. */
    enum State {
        /** Has its effect. */
        SERVED,
        /** Is taken, and has no consequence here. */
        ACCEPTED,
        /** Is not served yet: only its default is taken. */
        LATER
    }

    /** The name as messages show it, with the letter where it has one. */
    String shown() {
        return letter().isEmpty() ? "--" + name : "-" + letter() + ", --" + name;
    }

    /** The letter that stands for the flag, or the empty text. */
    String letter() {
        return switch (name) {
            case "v", "help" -> name.substring(0, 1);
            default -> "";
        };
    }

    /** True where these values are those of the default. */
    boolean isDefault(List<String> values) {
        return type.normal(values).equals(type.normal(type.defaults(defaultText)));
    }
}
