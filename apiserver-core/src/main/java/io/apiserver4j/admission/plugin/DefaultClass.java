// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The class among those of a resource that an annotation marks as default: the newest, by name where they are as old. */
final class DefaultClass {
    private final LiveObjects objects;
    private final String resource;
    private final LiveObjects.Memo<Candidate> candidates;

    private record Candidate(String name, String created, boolean marked) {
        boolean precedes(Candidate other) {
            int newer = created.compareTo(other.created);
            return newer > 0 || newer == 0 && name.compareTo(other.name) < 0;
        }
    }

    DefaultClass(LiveObjects objects, String resource, List<String> annotations) {
        this.objects = objects;
        this.resource = resource;
        candidates = new LiveObjects.Memo<>(tree -> candidate(tree, annotations));
    }

    private static Candidate candidate(ObjectValue tree, List<String> annotations) {
        ObjectMeta meta = ObjectMeta.of(tree);
        String created = meta.creationTimestamp();
        return new Candidate(
                meta.name(),
                created == null ? "" : created,
                annotations.stream()
                        .anyMatch(one -> meta.annotations().stringOrEmpty(one).equals("true")));
    }

    /** The name of the default class, or null where none is marked. */
    @Nullable
    String name() {
        Candidate best = null;
        for (StoredObject one : objects.known(resource, "")) {
            Candidate candidate = candidates.of(one);
            if (candidate.marked() && (best == null || candidate.precedes(best))) {
                best = candidate;
            }
        }
        return best == null ? null : best.name();
    }
}
