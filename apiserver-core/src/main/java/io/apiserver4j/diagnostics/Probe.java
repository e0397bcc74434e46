// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import java.util.Locale;

/** The three questions about health. */
public enum Probe {
    /** Both at once, from before there were two. */
    HEALTHZ,
    /** Should this process be started anew? */
    LIVEZ,
    /** May requests be sent here? */
    READYZ;

    /** The name in paths and texts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
