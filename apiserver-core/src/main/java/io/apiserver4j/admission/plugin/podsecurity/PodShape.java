// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the checks look at: a pod, or the pods that a workload makes. */
record PodShape(Map<String, String> annotations, ObjectValue spec, List<ObjectValue> containers) {
    static PodShape of(ObjectValue podOrTemplate) {
        ObjectValue spec = podOrTemplate.objectOrEmpty("spec");
        List<ObjectValue> containers =
                new ArrayList<>(spec.arrayOrEmpty("initContainers").objects());
        containers.addAll(spec.arrayOrEmpty("containers").objects());
        containers.addAll(spec.arrayOrEmpty("ephemeralContainers").objects());
        return new PodShape(
                podOrTemplate
                        .objectOrEmpty("metadata")
                        .objectOrEmpty("annotations")
                        .strings(),
                spec,
                containers);
    }

    ObjectValue securityContext() {
        return securityContext(spec);
    }

    static ObjectValue securityContext(ObjectValue podSpecOrContainer) {
        return podSpecOrContainer.objectOrEmpty("securityContext");
    }

    boolean isWindows() {
        return spec.objectOrEmpty("os").stringOrEmpty("name").equals("windows");
    }

    /** True where the users of the pod are none of the node's. */
    boolean hasOwnUsers() {
        Value hostUsers = spec.get("hostUsers");
        return hostUsers != null && Boolean.FALSE.equals(hostUsers.asBoolean());
    }

    /** The names of the containers that something is true for. */
    List<String> containersWhere(Predicate<ObjectValue> wrong) {
        return containers.stream()
                .filter(wrong)
                .map(container -> container.stringOrEmpty("name"))
                .toList();
    }

    /**
     * Who says something wrong in a security context: {@code pod}, {@code container "a"}, or both joined by {@code and}; empty
     * where nobody does.
     */
    String setters(Predicate<ObjectValue> wrong) {
        return setters(wrong.test(securityContext()), containersWhere(one -> wrong.test(securityContext(one))));
    }

    static String setters(boolean pod, List<String> containers) {
        List<String> out = new ArrayList<>();
        if (pod) {
            out.add("pod");
        }
        if (!containers.isEmpty()) {
            out.add(Finding.named("container", containers));
        }
        return String.join(" and ", out);
    }

    /** The types of a profile in security contexts, of the pod and of all containers, that are not among the good ones. */
    Set<String> profileTypes(String profile, Set<String> good) {
        Set<String> out = new TreeSet<>();
        addType(out, securityContext(), profile, good);
        containers.forEach(container -> addType(out, securityContext(container), profile, good));
        return out;
    }

    private static void addType(Set<String> out, ObjectValue context, String profile, Set<String> good) {
        if (hasWrongType(context, profile, good)) {
            out.add(context.objectOrEmpty(profile).stringOrEmpty("type"));
        }
    }

    static boolean hasWrongType(ObjectValue context, String profile, Set<String> good) {
        ObjectValue known = context.getObject(profile);
        return known != null && !good.contains(known.stringOrEmpty("type"));
    }
}
