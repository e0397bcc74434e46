// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import java.util.ArrayList;
import java.util.List;

/**
 * Fields that a write through some path cannot change, so nobody may come to own them by it: everything but some
 * paths, or nothing but some. Paths are member names with dots; {@code *} stands for any one step (list items, map
 * entries).
 */
public final class ResetFields {
    /** Nothing is reset. */
    public static final ResetFields NONE = new ResetFields(FieldSet.EMPTY, List.of());

    private final FieldSet excluded;
    private final List<String[]> included;

    private ResetFields(FieldSet excluded, List<String[]> included) {
        this.excluded = excluded;
        this.included = included;
    }

    /** These fields, with all below them, are reset ({@code status}; {@code metadata.deletionTimestamp}). */
    public static ResetFields of(List<String> paths) {
        FieldSet set = FieldSet.EMPTY;
        for (String path : paths) {
            set = set.union(FieldSet.of(path.split("\\.")));
        }
        return set.isEmpty() ? NONE : new ResetFields(set, List.of());
    }

    /** Everything but these fields, with all below them, is reset ({@code spec.containers.*.resources}). */
    public static ResetFields allBut(List<String> paths) {
        List<String[]> patterns = new ArrayList<>();
        for (String path : paths) {
            patterns.add(path.split("\\."));
        }
        return new ResetFields(FieldSet.EMPTY, List.copyOf(patterns));
    }

    /** The set without what is reset. */
    FieldSet without(FieldSet set) {
        return included.isEmpty() ? set.recursiveDifference(excluded) : matching(set, included, 0);
    }

    private static FieldSet matching(FieldSet set, List<String[]> patterns, int depth) {
        FieldSet.Builder out = new FieldSet.Builder();
        for (int i = 0; i < set.steps(); i++) {
            FieldStep step = set.stepAt(i);
            List<String[]> deeper = new ArrayList<>();
            boolean all = false;
            for (String[] pattern : patterns) {
                if (pattern[depth].equals("*") || step.isField() && step.name().equals(pattern[depth])) {
                    deeper.add(pattern);
                    all |= pattern.length == depth + 1;
                }
            }
            FieldSet below = set.childAt(i);
            if (all) {
                out.add(step, set.memberAt(i), below);
            } else if (!deeper.isEmpty()) {
                out.add(step, set.memberAt(i), below == null ? null : matching(below, deeper, depth + 1));
            }
        }
        return out.build();
    }
}
