// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of variables for one evaluation. A value is a {@link io.apiserver4j.value.Value} (read by the variable's
 * declared type), or a value of expressions as {@link CelValues} lists them. Asked at most once a variable and evaluation.
 */
@FunctionalInterface
public interface CelBindings {
    /** No variables. */
    CelBindings NONE = name -> null;

    /** The value of a variable, or null where there is none. */
    @Nullable
    Object find(String name);

    /** These values. */
    static CelBindings of(Map<String, ?> values) {
        return values::get;
    }
}
