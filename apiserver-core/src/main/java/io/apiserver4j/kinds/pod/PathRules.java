// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ValuePath;

/** Rules of paths of files: that they stay below the place they are meant for. */
public final class PathRules {
    private PathRules() {}

    /** A path without steps upwards. */
    public static void noBacksteps(String value, ValuePath path, FieldErrors errors) {
        if (hasBacksteps(value)) {
            errors.invalid(path, value, "must not contain '..'");
        }
    }

    /** True where a path has a step upwards. */
    static boolean hasBacksteps(String value) {
        return ("/" + value + "/").contains("/../");
    }

    /** A relative path without steps upwards. */
    static void descending(String value, ValuePath path, FieldErrors errors) {
        if (value.startsWith("/")) {
            errors.invalid(path, value, "must be a relative path");
        }
        noBacksteps(value, path, errors);
    }

    /**
     * As {@link #descending}, and nothing whose name begins with two dots, which are taken for atomic changes of files.
     */
    static void notReserved(String value, ValuePath path, FieldErrors errors) {
        descending(value, path, errors);
        if (value.startsWith("..") && !value.startsWith("../")) {
            errors.invalid(path, value, "must not start with '..'");
        }
    }
}
