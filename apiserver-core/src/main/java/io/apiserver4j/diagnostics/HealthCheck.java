// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import org.jspecify.annotations.Nullable;

/** One thing that may be well or not. */
@FunctionalInterface
public interface HealthCheck {
    /** Always well. */
    HealthCheck WELL = () -> null;

    /** What is wrong, or null; must be quick, and safe for use by several threads. */
    @Nullable
    String problem();
}
