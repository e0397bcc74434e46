// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.Part;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** A container that has ended stays so, unless it may be started again. */
final class PodRestarts {
    private PodRestarts() {}

    /** Compares the states of containers in two statuses of a pod. */
    static void check(Part status, ObjectValue old, ObjectValue spec) {
        if (!allMayRestart(spec)) {
            check(status, old, spec, "containerStatuses", "containers");
            check(status, old, spec, "initContainerStatuses", "initContainers");
        }
        check(status, old, spec, "ephemeralContainerStatuses", "");
    }

    private static boolean allMayRestart(ObjectValue spec) {
        for (String list : List.of("initContainers", "containers")) {
            for (ObjectValue container : spec.arrayOrEmpty(list).objects()) {
                for (ObjectValue rule :
                        container.arrayOrEmpty("restartPolicyRules").objects()) {
                    if (rule.stringOrEmpty("action").equals("RestartAllContainers")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void check(Part status, ObjectValue old, ObjectValue spec, String statuses, String containers) {
        ArrayValue before = old.arrayOrEmpty(statuses);
        for (int i = 0; i < before.size(); i++) {
            ObjectValue ended = before.objectAt(i).objectOrEmpty("state").getObject("terminated");
            String name = before.objectAt(i).stringOrEmpty("name");
            if (ended == null || !runsAgain(status, statuses, name)) {
                continue;
            }
            boolean may = !containers.isEmpty() && mayRestart(spec, containers, name, ended.longOr("exitCode", 0));
            if (!may) {
                status.errors()
                        .forbidden(
                                status.at(statuses).index(i).field("state"),
                                "may not be transitioned to non-terminated state");
            }
        }
    }

    private static boolean runsAgain(Part status, String statuses, String name) {
        for (Part container : status.parts(statuses)) {
            if (container.text("name").equals(name) && !container.part("state").has("terminated")) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayRestart(ObjectValue spec, String list, String name, long exitCode) {
        for (ObjectValue container : spec.arrayOrEmpty(list).objects()) {
            if (container.stringOrEmpty("name").equals(name)) {
                return mayRestart(container, spec.stringOrEmpty("restartPolicy"), exitCode);
            }
        }
        return false;
    }

    private static boolean mayRestart(ObjectValue container, String podPolicy, long exitCode) {
        String own = container.stringOrEmpty("restartPolicy");
        if (!own.isEmpty() && restartsByRule(container, exitCode)) {
            return true;
        }
        return switch (own.isEmpty() ? podPolicy : own) {
            case "OnFailure" -> exitCode != 0;
            case "Never" -> false;
            default -> true;
        };
    }

    /** The first rule that fits decides. */
    private static boolean restartsByRule(ObjectValue container, long exitCode) {
        for (ObjectValue rule : container.arrayOrEmpty("restartPolicyRules").objects()) {
            ObjectValue codes = rule.objectOrEmpty("exitCodes");
            boolean listed = codes.arrayOrEmpty("values").items().contains(Value.of(exitCode));
            String operator = codes.stringOrEmpty("operator");
            if (operator.equals("In") && listed || operator.equals("NotIn") && !listed) {
                return rule.stringOrEmpty("action").equals("Restart");
            }
        }
        return false;
    }
}
