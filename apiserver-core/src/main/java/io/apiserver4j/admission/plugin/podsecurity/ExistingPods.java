// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which pods of a namespace would be refused by what it is to enforce; looks at not too many and not too long. */
final class ExistingPods {
    private static final int MOST = 3000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Set<String> exemptClasses;
    private final LevelVersion level;

    ExistingPods(Set<String> exemptClasses, LevelVersion level) {
        this.exemptClasses = exemptClasses;
        this.level = level;
    }

    private record Alike(String first, int count) {
        Alike plus(Alike other) {
            return new Alike(first.compareTo(other.first) <= 0 ? first : other.first, count + other.count);
        }
    }

    List<String> warnings(String namespace, Iterable<StoredObject> pods) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<ObjectValue> all = inOrder(pods);
        Map<String, Alike> found = new TreeMap<>();
        int checked = 0;
        while (checked < Math.min(all.size(), MOST) && (checked == 0 || System.nanoTime() - end < 0)) {
            ObjectValue pod = all.get(checked++);
            List<Finding> findings = Standard.findings(level, PodShape.of(pod));
            if (!findings.isEmpty()) {
                found.merge(
                        findings.stream().map(Finding::reason).collect(Collectors.joining(", ")),
                        new Alike(ObjectMeta.of(pod).name(), 1),
                        Alike::plus);
            }
        }
        List<String> out = new ArrayList<>();
        if (checked < all.size()) {
            out.add("new PodSecurity enforce level only checked against the first " + checked + " of " + all.size()
                    + " existing pods");
        }
        if (!found.isEmpty()) {
            out.add("existing pods in namespace " + GoText.quote(namespace)
                    + " violate the new PodSecurity enforce level \"" + level + "\"");
        }
        found.entrySet().stream()
                .map(one -> told(one.getKey(), one.getValue()))
                .sorted()
                .forEach(out::add);
        return out;
    }

    private static String told(String reasons, Alike pods) {
        String others = switch (pods.count()) {
            case 1 -> "";
            case 2 -> " (and 1 other pod)";
            default -> " (and " + (pods.count() - 1) + " other pods)";
        };
        return pods.first() + others + ": " + reasons;
    }

    /** One pod of each owner first, as its siblings will be like it. */
    private List<ObjectValue> inOrder(Iterable<StoredObject> pods) {
        List<ObjectValue> first = new ArrayList<>();
        List<ObjectValue> siblings = new ArrayList<>();
        Set<String> owners = new HashSet<>();
        for (StoredObject stored : pods) {
            ObjectValue pod = stored.tree();
            if (exemptClasses.contains(pod.objectOrEmpty("spec").stringOrEmpty("runtimeClassName"))) {
                continue;
            }
            String owner = owner(pod);
            (owner.isEmpty() || owners.add(owner) ? first : siblings).add(pod);
        }
        first.addAll(siblings);
        return first;
    }

    private static String owner(ObjectValue pod) {
        for (ObjectValue reference : ObjectMeta.of(pod).ownerReferences().objects()) {
            if (reference.isTrue("controller")) {
                return reference.stringOrEmpty("uid");
            }
        }
        return "";
    }
}
