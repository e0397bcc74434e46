// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What clients are told of finalizers whose names others might take, too. */
final class FinalizerWarnings {
    private static final Set<String> STANDARD = Set.of("orphan", "foregroundDeletion", "kubernetes");
    private static final String PATH = "metadata.finalizers: ";

    private FinalizerWarnings() {}

    /** The warnings of finalizers that were added. */
    static List<String> of(ObjectValue object, @Nullable ObjectValue before) {
        Set<String> added = new TreeSet<>(ObjectMeta.of(object).finalizers());
        if (before != null) {
            added.removeAll(ObjectMeta.of(before).finalizers());
        }
        List<String> out = new ArrayList<>();
        for (String name : added) {
            String start = PATH + GoText.quote(name) + ": ";
            NameRules.qualifiedName(name).forEach(problem -> out.add(start + problem));
            if (name.indexOf('/') < 0 && !STANDARD.contains(name)) {
                String path = name.indexOf('.') < 0 ? "" : " including a path (/)";
                out.add(start + "prefer a domain-qualified finalizer name" + path
                        + " to avoid accidental conflicts with other finalizer writers");
            }
        }
        return out;
    }
}
