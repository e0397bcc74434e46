// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Set;
import java.util.TreeSet;

/** Which labels a node may give itself: none of Kubernetes' own but those that kubelets are known to set. */
final class NodeLabels {
    private static final String RESTRICTED = "node-restriction.kubernetes.io";
    private static final Set<String> KUBELET = Set.of(
            "kubernetes.io/hostname",
            "kubernetes.io/os",
            "kubernetes.io/arch",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "node.kubernetes.io/instance-type",
            "beta.kubernetes.io/instance-type",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch",
            "node.kubernetes.io/windows-build");
    private static final Set<String> KUBELET_PREFIXES = Set.of("kubelet.kubernetes.io", "node.kubernetes.io");

    private NodeLabels() {}

    /** The labels that differ between two states and that no node may touch, sorted. */
    static Set<String> forbidden(ObjectValue before, ObjectValue after) {
        Set<String> out = new TreeSet<>();
        collect(before, after, out);
        collect(after, before, out);
        return out;
    }

    private static void collect(ObjectValue from, ObjectValue other, Set<String> out) {
        for (ObjectValue.Member label : from) {
            Value there = other.get(label.key());
            if (!label.value().equals(there) && isForbidden(label.key())) {
                out.add(label.key());
            }
        }
    }

    private static boolean isForbidden(String label) {
        int slash = label.indexOf('/');
        String prefix = slash < 0 ? "" : label.substring(0, slash);
        if (isIn(prefix, RESTRICTED)) {
            return true;
        }
        boolean kubernetes = isIn(prefix, "kubernetes.io") || isIn(prefix, "k8s.io");
        return kubernetes
                && !KUBELET.contains(label)
                && KUBELET_PREFIXES.stream().noneMatch(known -> isIn(prefix, known));
    }

    private static boolean isIn(String prefix, String domain) {
        return prefix.equals(domain) || prefix.endsWith("." + domain);
    }
}
