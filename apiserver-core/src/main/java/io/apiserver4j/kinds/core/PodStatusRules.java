// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.pod.Part;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Set;

/** What a change may make of the status of a pod. */
final class PodStatusRules {
    private static final Set<String> SYSTEM_CONDITIONS = Set.of("PodScheduled", "Ready", "Initialized");

    private PodStatusRules() {}

    static void check(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        PodUpdateRules.annotations(updated, current, errors);
        Part status = new Part(updated, ValuePath.ROOT, errors).part("status");
        Part spec = new Part(updated, ValuePath.ROOT, errors).part("spec");
        ObjectValue old = current.objectOrEmpty("status");
        conditions(status);
        nominatedNode(status, old, spec);
        notNegative(status);
        String quality = status.text("qosClass");
        if (!quality.equals(old.stringOrEmpty("qosClass"))) {
            errors.invalid(status.at("qosClass"), quality, "field is immutable");
        }
        PodRestarts.check(status, old, spec.tree());
        PodStatusClaimRules.check(status, spec.tree());
        addresses(status, old, "podIP");
        bothOrNone(status);
        if (!status.parts("hostIPs").isEmpty()) {
            first(status, "hostIP");
            addresses(status, old, "hostIP");
        }
        for (String list : List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
            users(status, list, spec.part("os").text("name"));
        }
        PodStatusClaimRules.allocated(status, "containerStatuses", spec.tree().arrayOrEmpty("containers"));
        PodStatusClaimRules.allocated(
                status, "initContainerStatuses", spec.tree().arrayOrEmpty("initContainers"));
        for (Part ephemeral : status.parts("ephemeralContainerStatuses")) {
            if (!ephemeral.parts("allocatedResourcesStatus").isEmpty()) {
                ephemeral.forbid("allocatedResourcesStatus", "must not be specified in container status");
            }
        }
    }

    private static void notNegative(Part holder) {
        if (holder.tree().longOr("observedGeneration", 0) < 0) {
            holder.invalid("observedGeneration", "must be a non-negative integer");
        }
    }

    private static void conditions(Part status) {
        for (Part condition : status.parts("conditions")) {
            notNegative(condition);
            String type = condition.text("type");
            if (!SYSTEM_CONDITIONS.contains(type)) {
                condition.errors().invalidAll(condition.at("Type"), type, NameRules.qualifiedName(type));
            }
        }
    }

    private static void nominatedNode(Part status, ObjectValue old, Part spec) {
        String node = status.text("nominatedNodeName");
        if (node.isEmpty() || node.equals(old.stringOrEmpty("nominatedNodeName"))) {
            return;
        }
        status.told("nominatedNodeName", NameRules.dns1123Subdomain(node));
        if (!spec.text("nodeName").isEmpty()) {
            status.forbid("nominatedNodeName", "may not be set on pods that are already bound to a node");
        }
    }

    /** Addresses of the pod or its host: two at the most, one of each family; old ones may be of any form. */
    private static void addresses(Part status, ObjectValue old, String kind) {
        String list = kind + "s";
        List<Part> addresses = status.parts(list);
        List<String> known = old.arrayOrEmpty(list).objects().stream()
                .map(one -> one.stringOrEmpty("ip"))
                .toList();
        boolean four = false;
        boolean six = false;
        for (Part one : addresses) {
            String ip = one.text("ip");
            if (!known.contains(ip)) {
                one.errors().invalidAll(one.path(), ip, IpRules.legacyIp(ip, true));
            }
            IpAddress address = IpAddress.parse(ip);
            four |= address != null && address.isIpv4();
            six |= address != null && !address.isIpv4();
        }
        if (addresses.size() > 1 && !(four && six && addresses.size() == 2)) {
            listInvalid(status, list, "may specify no more than one IP for each IP family");
        }
    }

    private static void listInvalid(Part status, String list, String detail) {
        String type = list.equals("podIPs") ? "[]core.PodIP" : "[]core.HostIP";
        status.errors()
                .invalidShown(
                        status.at(list), InternalForm.shown(type, status.tree().get(list)), detail);
    }

    private static void first(Part status, String kind) {
        Part first = status.parts(kind + "s").get(0);
        if (!first.text("ip").equals(status.text(kind))) {
            first.invalidText("ip", "must be equal to `" + kind + "`");
        }
    }

    private static void bothOrNone(Part status) {
        boolean several = !status.parts("podIPs").isEmpty();
        if (several == status.text("podIP").isEmpty()) {
            listInvalid(status, "podIPs", "podIP and podIPs must either both be set or both be unset");
        } else if (several) {
            first(status, "podIP");
        }
    }

    private static void users(Part status, String list, String os) {
        for (Part container : status.parts(list)) {
            Part user = container.part("user");
            if (!user.has("linux")) {
                continue;
            }
            if (os.equals("windows")) {
                user.forbid("linux", "cannot be set for a windows pod");
                continue;
            }
            Part linux = user.part("linux");
            linux.between("uid", 0, 0xffffffffL);
            linux.unixIds("gid");
            var groups = linux.tree().arrayOrEmpty("supplementalGroups");
            for (int i = 0; i < groups.size(); i++) {
                var number = groups.get(i).asNumber();
                long id = number == null ? 0 : number.longValue();
                for (String problem : NameRules.userOrGroupId(id)) {
                    linux.errors().invalid(linux.at("supplementalGroups").index(i), id, problem);
                }
            }
        }
    }
}
