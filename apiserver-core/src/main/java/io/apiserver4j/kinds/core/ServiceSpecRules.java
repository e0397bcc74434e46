// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.kinds.PortRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ServiceView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rules of a service's specification, without its addresses ({@link ServiceIpRules}) and its ports. */
final class ServiceSpecRules {
    static final String HINTS = "service.kubernetes.io/topology-aware-hints";
    static final String MODE = "service.kubernetes.io/topology-mode";

    private static final String SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private static final String ONLY_BALANCED = "may only be used when `type` is 'LoadBalancer'";
    private static final long LONGEST_AFFINITY = 86_400;
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final List<String> TRAFFIC_POLICIES = List.of("Cluster", "Local");
    private static final List<String> DISTRIBUTIONS = List.of("PreferClose", "PreferSameZone", "PreferSameNode");
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath ANNOTATIONS = ValuePath.of("metadata", "annotations");

    private ServiceSpecRules() {}

    /** All rules of a service as it is; what was there before is taken as it is. */
    static void check(ServiceView service, @Nullable ServiceView before, FieldErrors errors) {
        annotations(service.meta().annotations(), errors);
        if (service.ports().isEmpty() && !service.isHeadless() && service.needsClusterIp()) {
            errors.required(SPEC.field("ports"), "");
        }
        byType(service, errors);
        ServicePortRules.each(service.ports(), errors);
        MetadataRules.labels(service.selector(), SPEC.field("selector"), errors);
        affinity(service.spec(), errors);
        ServiceIpRules.check(service, before, errors);
        externalIps(service, before, errors);
        type(service.type(), errors);
        ServicePortRules.together(service, errors);
        sourceRanges(service, before, errors);
        balancer(service, errors);
        balancerClass(service, errors);
        externalTraffic(service, errors);
        internalTraffic(service, errors);
    }

    /** The rules of changes, without those of addresses. */
    static void checkChange(ServiceView service, ServiceView before, FieldErrors errors) {
        Value is = service.spec().get("loadBalancerClass");
        if (before.isType("LoadBalancer")
                && service.isType("LoadBalancer")
                && !Objects.equals(is, before.spec().get("loadBalancerClass"))) {
            errors.invalid(SPEC.field("loadBalancerClass"), is == null ? Value.nul() : is, "may not change once set");
        }
        balancerClass(service, errors);
        if (before.needsHealthCheckPort()
                && service.needsHealthCheckPort()
                && before.healthCheckNodePort() != service.healthCheckNodePort()) {
            errors.forbidden(SPEC.field("healthCheckNodePort"), "field is immutable");
        }
    }

    private static void annotations(ObjectValue annotations, FieldErrors errors) {
        String mode = annotations.getString(MODE);
        String hints = annotations.getString(HINTS);
        if (mode != null && hints != null && !mode.equals(hints)) {
            errors.invalid(
                    ANNOTATIONS.key(MODE), mode, "must match annotations[" + HINTS + "] when both are specified");
        }
    }

    private static void byType(ServiceView service, FieldErrors errors) {
        if (service.isHeadless() && ServicePorts.used(service)) {
            errors.invalid(
                    SPEC.field("clusterIPs").index(0),
                    ServiceView.NONE,
                    "may not be set to 'None' for " + service.type() + " services");
        }
        if (service.isType("ExternalName")) {
            externalName(service, errors);
        }
    }

    private static void externalName(ServiceView service, FieldErrors errors) {
        String forbidden = "may not be set for ExternalName services";
        if (!service.clusterIps().isEmpty()) {
            errors.forbidden(SPEC.field("clusterIPs"), forbidden);
        }
        if (!service.ipFamilies().isEmpty()) {
            errors.forbidden(SPEC.field("ipFamilies"), forbidden);
        }
        if (service.ipFamilyPolicy() != null) {
            errors.forbidden(SPEC.field("ipFamilyPolicy"), forbidden);
        }
        String name = service.spec().stringOrEmpty("externalName");
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.isEmpty()) {
            errors.required(SPEC.field("externalName"), "");
        } else {
            errors.invalidAll(SPEC.field("externalName"), bare, NameRules.dns1123Subdomain(bare));
        }
    }

    private static void affinity(ObjectValue spec, FieldErrors errors) {
        String affinity = spec.stringOrEmpty("sessionAffinity");
        if (affinity.isEmpty()) {
            errors.required(SPEC.field("sessionAffinity"), "");
        } else if (!AFFINITIES.contains(affinity)) {
            errors.notSupportedShown(SPEC.field("sessionAffinity"), FieldErrors.json(affinity), AFFINITIES);
        }
        ValuePath path = SPEC.field("sessionAffinityConfig");
        if (affinity.equals("ClientIP")) {
            clientIp(spec.getObject("sessionAffinityConfig"), path, errors);
        } else if (affinity.equals("None") && spec.getObject("sessionAffinityConfig") != null) {
            errors.forbidden(path, "must not be set when session affinity is None");
        }
    }

    private static void clientIp(@Nullable ObjectValue config, ValuePath path, FieldErrors errors) {
        String why = "when session affinity type is ClientIP";
        if (config == null) {
            errors.required(path, why);
            return;
        }
        ObjectValue clientIp = config.getObject("clientIP");
        if (clientIp == null) {
            errors.required(path.field("clientIP"), why);
            return;
        }
        ValuePath timeout = path.fields("clientIP", "timeoutSeconds");
        Long seconds = clientIp.getLong("timeoutSeconds");
        if (seconds == null) {
            errors.required(timeout, why);
        } else if (seconds <= 0 || seconds > LONGEST_AFFINITY) {
            errors.invalid(timeout, seconds, "must be greater than 0 and less than " + LONGEST_AFFINITY);
        }
    }

    private static void externalIps(ServiceView service, @Nullable ServiceView before, FieldErrors errors) {
        List<String> known = before == null ? List.of() : before.externalIps().strings();
        List<String> addresses = service.externalIps().strings();
        for (int i = 0; i < addresses.size(); i++) {
            ValuePath path = SPEC.field("externalIPs").index(i);
            if (AddressRules.legacyIp(path, addresses.get(i), known, errors)) {
                AddressRules.endpointIp(path, addresses.get(i), errors);
            }
        }
    }

    private static void type(String type, FieldErrors errors) {
        if (type.isEmpty()) {
            errors.required(SPEC.field("type"), "");
        } else if (!TYPES.contains(type)) {
            errors.notSupportedShown(SPEC.field("type"), FieldErrors.json(type), TYPES);
        }
    }

    /** The field, or the annotation that it came from; both may have spaces around networks. */
    private static void sourceRanges(ServiceView service, @Nullable ServiceView before, FieldErrors errors) {
        List<String> ranges = trimmed(service);
        if (!ranges.isEmpty()) {
            ValuePath path = SPEC.field("LoadBalancerSourceRanges");
            onlyBalanced(service, path, errors);
            List<String> known = before == null ? List.of() : trimmed(before);
            for (int i = 0; i < ranges.size(); i++) {
                AddressRules.legacyCidr(path.index(i), ranges.get(i), known, errors);
            }
            return;
        }
        String text = service.meta().annotations().getString(SOURCE_RANGES);
        if (text == null) {
            return;
        }
        ValuePath path = ANNOTATIONS.key(SOURCE_RANGES);
        onlyBalanced(service, path, errors);
        boolean changed =
                before == null || !text.equals(before.meta().annotations().getString(SOURCE_RANGES));
        if (changed && !text.isBlank()) {
            for (String range : text.strip().split(",", -1)) {
                AddressRules.legacyCidr(path, range.strip(), List.of(), errors);
            }
        }
    }

    private static List<String> trimmed(ServiceView service) {
        return service.spec().arrayOrEmpty("loadBalancerSourceRanges").strings().stream()
                .map(String::strip)
                .toList();
    }

    private static void onlyBalanced(ServiceView service, ValuePath path, FieldErrors errors) {
        if (!service.isType("LoadBalancer")) {
            errors.forbidden(path, ONLY_BALANCED);
        }
    }

    private static void balancer(ServiceView service, FieldErrors errors) {
        boolean given = service.spec().has("allocateLoadBalancerNodePorts");
        if (given) {
            onlyBalanced(service, SPEC.field("allocateLoadBalancerNodePorts"), errors);
        } else if (service.isType("LoadBalancer")) {
            errors.required(ValuePath.of("allocateLoadBalancerNodePorts"), "");
        }
    }

    private static void balancerClass(ServiceView service, FieldErrors errors) {
        String name = service.spec().getString("loadBalancerClass");
        if (name == null) {
            return;
        }
        if (service.isType("LoadBalancer")) {
            errors.invalidAll(SPEC.field("loadBalancerClass"), name, NameRules.qualifiedName(name));
        } else {
            errors.forbidden(SPEC.field("loadBalancerClass"), ONLY_BALANCED);
        }
    }

    private static void externalTraffic(ServiceView service, FieldErrors errors) {
        ValuePath path = SPEC.field("externalTrafficPolicy");
        String policy = service.externalTrafficPolicy();
        if (!service.isExternallyAccessible()) {
            if (!policy.isEmpty()) {
                errors.invalidShown(
                        path, FieldErrors.json(policy), "may only be set for externally-accessible services");
            }
        } else if (policy.isEmpty()) {
            errors.required(path, "");
        } else if (!TRAFFIC_POLICIES.contains(policy)) {
            errors.notSupportedShown(path, FieldErrors.json(policy), TRAFFIC_POLICIES);
        }
        ValuePath portPath = SPEC.field("healthCheckNodePort");
        int port = service.healthCheckNodePort();
        if (!service.needsHealthCheckPort()) {
            if (port != 0) {
                errors.invalid(
                        portPath,
                        port,
                        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
            }
        } else if (port == 0) {
            errors.required(portPath, "");
        } else {
            PortRules.number(portPath, port, errors);
        }
    }

    private static void internalTraffic(ServiceView service, FieldErrors errors) {
        ValuePath path = SPEC.field("internalTrafficPolicy");
        String policy = service.spec().getString("internalTrafficPolicy");
        if (policy == null) {
            if (ServicePorts.used(service) || service.isType("ClusterIP")) {
                errors.required(path, "");
            }
        } else if (!TRAFFIC_POLICIES.contains(policy)) {
            errors.notSupportedShown(path, FieldErrors.json(policy), TRAFFIC_POLICIES);
        }
        String distribution = service.spec().getString("trafficDistribution");
        if (distribution != null && !DISTRIBUTIONS.contains(distribution)) {
            errors.notSupported(SPEC.field("trafficDistribution"), distribution, DISTRIBUTIONS);
        }
    }
}
