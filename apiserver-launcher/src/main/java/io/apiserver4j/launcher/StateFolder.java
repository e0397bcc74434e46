// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.nio.file.Path;

/** Where the program keeps what it makes when no folder is named. */
final class StateFolder {
    private StateFolder() {}

    /** {@code apiserver4j} in the user's folder for state, as the XDG base directories name it. */
    static Path standard() {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state == null || state.isEmpty() || !Path.of(state).isAbsolute()
                ? Path.of(System.getProperty("user.home", ".")).resolve(".local/state")
                : Path.of(state);
        return base.resolve("apiserver4j");
    }
}
