// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

/**
 * How a server is run: what keeps it fair and what is written down.
 *
 * @param priorityAndFairness whether calls wait for their turn by flow schemas
 */
record Operations(boolean priorityAndFairness) {
    /** What the flags say. */
    static Operations of(FlagValues flags) {
        return new Operations(flags.on("enable-priority-and-fairness"));
    }
}
