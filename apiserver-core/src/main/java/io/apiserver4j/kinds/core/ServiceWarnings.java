// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.IpRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ServiceView;
import java.util.ArrayList;
import java.util.List;

/** What clients are told of services that are fine, but not wise. */
final class ServiceWarnings {
    private static final ValuePath SPEC = ValuePath.of("spec");

    private ServiceWarnings() {}

    static List<String> of(ServiceView service) {
        List<String> out = new ArrayList<>();
        ObjectValue spec = service.spec();
        if (service.meta().annotations().has(ServiceSpecRules.HINTS)) {
            out.add("annotation " + ServiceSpecRules.HINTS + " is deprecated, please use " + ServiceSpecRules.MODE
                    + " instead");
        }
        boolean none = service.clusterIp().equals(ServiceView.NONE);
        if (!none && !service.clusterIp().isEmpty()) {
            ips("clusterIPs", service.clusterIps(), out);
        }
        boolean headless = none && service.isType("ClusterIP");
        boolean external = !service.externalIps().isEmpty();
        if (headless) {
            ignored(service, external, out);
        }
        ips("externalIPs", service.externalIps().strings(), out);
        if (external && !headless && service.needsClusterIp()) {
            out.add("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        out.addAll(IpRules.ipWarnings(SPEC.field("loadBalancerIP"), spec.stringOrEmpty("loadBalancerIP")));
        List<String> ranges = spec.arrayOrEmpty("loadBalancerSourceRanges").strings();
        for (int i = 0; i < ranges.size(); i++) {
            out.addAll(
                    IpRules.cidrWarnings(SPEC.field("loadBalancerSourceRanges").index(i), ranges.get(i)));
        }
        if (external && !service.needsClusterIp()) {
            out.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (service.needsClusterIp() && !spec.stringOrEmpty("externalName").isEmpty()) {
            out.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (spec.stringOrEmpty("trafficDistribution").equals("PreferClose")) {
            out.add("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
        return out;
    }

    private static void ips(String member, List<String> addresses, List<String> out) {
        for (int i = 0; i < addresses.size(); i++) {
            out.addAll(IpRules.ipWarnings(SPEC.field(member).index(i), addresses.get(i)));
        }
    }

    private static void ignored(ServiceView service, boolean external, List<String> out) {
        if (!service.spec().stringOrEmpty("loadBalancerIP").isEmpty()) {
            out.add("spec.loadBalancerIP is ignored for headless services");
        }
        if (external) {
            out.add("spec.externalIPs is ignored for headless services");
        }
        if (!service.spec().stringOrEmpty("sessionAffinity").equals("None")) {
            out.add("spec.SessionAffinity is ignored for headless services");
        }
    }
}
