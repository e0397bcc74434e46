// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of containers: those of the pod, those that run before them, and those that are put into it later. */
final class ContainerRules {
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> RESTART_ACTIONS = List.of("Restart", "RestartAllContainers");
    private static final String NOT_FOR_INIT = "may not be set for init containers without restartPolicy=Always";
    private static final String NOT_FOR_EPHEMERAL = "cannot be set for an Ephemeral Container";

    private ContainerRules() {}

    /** The containers that make up the pod. */
    static void regular(Part spec, PodScope scope) {
        List<Part> containers = spec.parts("containers");
        if (containers.isEmpty()) {
            spec.errors().required(spec.at("containers"), "");
            return;
        }
        Set<String> names = new HashSet<>();
        for (Part container : containers) {
            common(container, scope);
            String name = container.text("name");
            if (!names.add(name)) {
                container.errors().duplicate(container.at("name"), name);
            }
            ProbeRules.of(container, scope);
            restart(container);
        }
        Set<String> hostPorts = new HashSet<>();
        containers.forEach(container -> PortRules.hostPorts(container, hostPorts));
    }

    /** The containers that run before those of the pod, and sidecars among them. */
    static void init(Part spec, PodScope scope) {
        Set<String> names = names(spec, "containers");
        for (Part container : spec.parts("initContainers")) {
            common(container, scope);
            if (container.has("restartPolicy")) {
                restart(container);
            } else if (!container.tree().arrayOrEmpty("restartPolicyRules").isEmpty()) {
                rulesWithoutPolicy(container);
            }
            String name = container.text("name");
            if (names.contains(name)) {
                container.errors().duplicate(container.at("name"), name);
            } else if (!name.isEmpty()) {
                names.add(name);
            }
            // each runs alone; Kubernetes tells of the first place of the list whichever it is
            PortRules.hostPorts(
                    new Part(container.tree(), spec.at("initContainers").index(0), spec.errors()), new HashSet<>());
            boolean sidecar = container.text("restartPolicy").equals("Always");
            if (sidecar) {
                ProbeRules.of(container, scope);
            } else {
                container.forbidAll(NOT_FOR_INIT, "lifecycle", "livenessProbe", "readinessProbe", "startupProbe");
            }
            if (!sidecar && !scope.leniency().restartOfInit()) {
                for (Part policy : container.parts("resizePolicy")) {
                    if (policy.text("restartPolicy").equals("RestartContainer")) {
                        policy.invalid(
                                "restartPolicy",
                                "must not be set to 'RestartContainer' for non-sidecar initContainers");
                    }
                }
            }
        }
    }

    /** The containers that are put into a running pod. */
    static void ephemeral(Part spec, PodScope scope) {
        List<Part> containers = spec.parts("ephemeralContainers");
        if (containers.isEmpty()) {
            return;
        }
        Set<String> others = names(spec, "containers");
        others.addAll(names(spec, "initContainers"));
        Set<String> names = new HashSet<>(others);
        for (Part container : containers) {
            common(container, scope);
            trimmedImage(container);
            String name = container.text("name");
            if (!names.add(name)) {
                container.errors().duplicate(container.at("name"), name);
            }
            String target = container.text("targetContainerName");
            if (!target.isEmpty() && !others.contains(target)) {
                container.errors().notFound(container.at("targetContainerName"), target);
            }
            notAsService(container);
            for (Part mount : container.parts("volumeMounts")) {
                mount.forbidAll(NOT_FOR_EPHEMERAL, "subPath", "subPathExpr");
            }
        }
    }

    /** What makes a container part of the workload. */
    private static void notAsService(Part container) {
        for (String field : List.of(
                "ports",
                "resources",
                "resizePolicy",
                "restartPolicy",
                "restartPolicyRules",
                "livenessProbe",
                "readinessProbe",
                "startupProbe",
                "lifecycle")) {
            Value value = container.tree().get(field);
            boolean empty = value == null
                    || value.isNull()
                    || field.equals("resources")
                            && container.tree().objectOrEmpty(field).isEmpty();
            if (!empty) {
                container.forbid(field, NOT_FOR_EPHEMERAL);
            }
        }
    }

    private static Set<String> names(Part spec, String list) {
        Set<String> out = new HashSet<>();
        spec.parts(list).forEach(container -> out.add(container.text("name")));
        return out;
    }

    private static void common(Part container, PodScope scope) {
        container.requireLabel("name");
        container.require("image");
        container.requireChoice("terminationMessagePolicy", List.of("File", "FallbackToLogsOnError"));
        PortRules.ports(container);
        EnvRules.variables(container);
        EnvRules.sources(container);
        MountRules.mounts(container, scope);
        MountRules.devices(container, scope);
        container.requireChoice("imagePullPolicy", PULL_POLICIES);
        ResourceRules.ofContainer(container.part("resources"), scope.claims(), scope.leniency());
        resizePolicies(container, scope.restartPolicy());
        if (container.has("securityContext")) {
            SecurityRules.ofContainer(container.part("securityContext"), scope);
        }
    }

    /** Only for pods: templates may hold an image that is to be filled in later. */
    static void trimmedImage(Part container) {
        String image = container.text("image");
        if (!image.equals(trimmed(image))) {
            container.invalid("image", "must not have leading or trailing whitespace");
        }
    }

    /** A text without what Go takes for white space at its ends. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c >= '\t' && c <= '\r' || c == 0x85 || Character.isSpaceChar(c);
    }

    private static void resizePolicies(Part container, String podPolicy) {
        Set<String> seen = new HashSet<>();
        for (Part policy : container.parts("resizePolicy")) {
            String resource = policy.text("resourceName");
            if (!seen.add(resource)) {
                policy.errors().duplicateShown(policy.path(), InternalForm.shown("string", Value.of(resource)), "");
            }
            onList(container, policy, "resourceName", List.of("cpu", "memory"));
            onList(container, policy, "restartPolicy", List.of("NotRequired", "RestartContainer"));
            String restart = policy.text("restartPolicy");
            if (podPolicy.equals("Never") && !restart.equals("NotRequired")) {
                container
                        .errors()
                        .invalid(
                                container.at("resizePolicy"),
                                restart,
                                "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
            }
        }
    }

    /** A choice that is told of the whole list. */
    private static void onList(Part container, Part policy, String field, List<String> supported) {
        String choice = policy.text(field);
        if (choice.isEmpty()) {
            container.errors().required(container.at("resizePolicy"), "");
        } else if (!supported.contains(choice)) {
            container.errors().notSupported(container.at("resizePolicy"), choice, supported);
        }
    }

    private static void rulesWithoutPolicy(Part container) {
        container
                .errors()
                .required(container.at("restartPolicy"), "must specify restartPolicy when restart rules are used");
    }

    private static void restart(Part container) {
        List<Part> rules = container.parts("restartPolicyRules");
        if (container.has("restartPolicy")) {
            container.choice("restartPolicy", RESTART_POLICIES);
        } else if (rules.isEmpty()) {
            return;
        } else {
            rulesWithoutPolicy(container);
        }
        if (rules.size() > 20) {
            container.errors().tooMany(container.at("restartPolicyRules"), rules.size(), 20);
        }
        for (Part rule : rules) {
            if (!RESTART_ACTIONS.contains(rule.text("action"))) {
                rule.notSupported("action", RESTART_ACTIONS);
            }
            if (!rule.has("exitCodes")) {
                rule.errors().required(rule.at("exitCodes"), "must be specified");
                continue;
            }
            Part codes = rule.part("exitCodes");
            if (!List.of("In", "NotIn").contains(codes.text("operator"))) {
                codes.notSupported("operator", List.of("In", "NotIn"));
            }
            int count = codes.tree().arrayOrEmpty("values").size();
            if (count > 255) {
                codes.errors().tooMany(codes.at("values"), count, 255);
            }
        }
    }
}
