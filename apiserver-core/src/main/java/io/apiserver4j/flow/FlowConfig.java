// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import java.util.List;

/**
 * What is configured at one time.
 *
 * @param entries schemas in the order in which they are tried, each with its level
 * @param levels all levels, also those that nobody wants any more but that are still busy
 */
record FlowConfig(List<Entry> entries, List<PriorityLevel> levels) {
    /** A schema and its level. */
    record Entry(FlowSeries series, PriorityLevel level) {}

    /** The first schema that matches; the last one, which takes all, where none does. */
    Entry find(Identity identity, Target target) {
        for (Entry entry : entries) {
            if (entry.series().schema().matches(identity, target)) {
                return entry;
            }
        }
        return entries.get(entries.size() - 1);
    }
}
