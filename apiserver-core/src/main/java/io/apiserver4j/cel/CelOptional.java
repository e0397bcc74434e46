// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import org.jspecify.annotations.Nullable;

/** A value that may be missing. */
public record CelOptional(@Nullable Object value) {
    /** The missing value. */
    public static final CelOptional NONE = new CelOptional(null);

    /** True where a value is there. */
    public boolean isPresent() {
        return value != null;
    }
}
