// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.kinds.NamespaceLabel;
import io.apiserver4j.meta.IntOrString;
import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The core group without pods. */
final class CoreDefaults {
    private static final long AFFINITY_SECONDS = 10_800;

    private CoreDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of(
                "api/core/v1.LimitRangeItem", CoreDefaults::limits,
                "api/core/v1.Namespace", NamespaceLabel::set,
                "api/core/v1.NodeSpec", CoreDefaults::nodeSpec,
                "api/core/v1.NodeStatus", CoreDefaults::nodeStatus,
                "api/core/v1.ReplicationController", CoreDefaults::replicationController,
                "api/core/v1.Secret", CoreDefaults::secret,
                "api/core/v1.Service", CoreDefaults::service);
    }

    private static ObjectValue limits(ObjectValue item) {
        if (!item.stringOrEmpty("type").equals("Container")) {
            return item;
        }
        ObjectValue out = Fill.missing(item, "default", item.getObject("max"));
        out = Fill.missing(out, "defaultRequest", out.getObject("default"));
        return Fill.missing(out, "defaultRequest", out.getObject("min"));
    }

    /** {@code podCIDR} is the first of {@code podCIDRs}, and rules where they differ. */
    private static ObjectValue nodeSpec(ObjectValue spec) {
        String one = spec.stringOrEmpty("podCIDR");
        ArrayValue all = spec.arrayOrEmpty("podCIDRs");
        String first = all.isEmpty() ? "" : String.valueOf(all.get(0).asString());
        if (one.equals(first)) {
            return spec;
        }
        return one.isEmpty() ? spec.with("podCIDR", first) : spec.with("podCIDRs", ArrayValue.of(Value.of(one)));
    }

    private static ObjectValue nodeStatus(ObjectValue status) {
        Value capacity = status.get("capacity");
        return capacity == null ? status : Fill.absent(status, "allocatable", capacity);
    }

    private static ObjectValue replicationController(ObjectValue controller) {
        ObjectValue template = controller.objectAt("spec", "template");
        ObjectValue labels = template.objectAt("metadata", "labels");
        if (labels.isEmpty()) {
            return controller;
        }
        return Fill.labelsOf(template, Fill.in(controller, "spec", spec -> Fill.absent(spec, "selector", labels)));
    }

    /** Texts are for writing only: they become data, and win. */
    private static ObjectValue secret(ObjectValue secret) {
        ObjectValue texts = secret.getObject("stringData");
        if (texts == null) {
            return secret.without("stringData");
        }
        ObjectValue data = secret.objectOrEmpty("data");
        for (ObjectValue.Member text : texts) {
            byte[] bytes = String.valueOf(text.value().asString()).getBytes(StandardCharsets.UTF_8);
            data = data.with(text.key(), Base64.getEncoder().encodeToString(bytes));
        }
        ObjectValue out = secret.without("stringData");
        return texts.isEmpty() ? out : out.with("data", data);
    }

    private static ObjectValue service(ObjectValue service) {
        ObjectValue out = Fill.in(service, "spec", CoreDefaults::serviceSpec);
        if (!service.objectOrEmpty("spec").stringOrEmpty("type").equals("LoadBalancer")) {
            return out;
        }
        return Fill.in(
                out,
                "status",
                status -> Fill.in(
                        status,
                        "loadBalancer",
                        balancer -> Fill.each(
                                balancer,
                                "ingress",
                                point -> point.stringOrEmpty("ip").isEmpty()
                                        ? point
                                        : Fill.absent(point, "ipMode", "VIP"))));
    }

    private static ObjectValue serviceSpec(ObjectValue spec) {
        String type = spec.stringOrEmpty("type");
        boolean balanced = type.equals("LoadBalancer");
        boolean nodePort = type.equals("NodePort");
        boolean clusterIp = type.equals("ClusterIP");
        ObjectValue out = Fill.each(affinity(spec), "ports", CoreDefaults::servicePort);
        if (balanced
                || nodePort
                || clusterIp && !spec.arrayOrEmpty("externalIPs").isEmpty()) {
            out = Fill.absent(out, "externalTrafficPolicy", "Cluster");
        }
        if (balanced || nodePort || clusterIp) {
            out = Fill.absent(out, "internalTrafficPolicy", "Cluster");
        }
        return balanced ? Fill.absent(out, "allocateLoadBalancerNodePorts", true) : out;
    }

    private static ObjectValue affinity(ObjectValue spec) {
        return switch (spec.stringOrEmpty("sessionAffinity")) {
            case "None" -> spec.without("sessionAffinityConfig");
            case "ClientIP" ->
                Fill.isAbsent(spec.at("sessionAffinityConfig", "clientIP", "timeoutSeconds"))
                        ? spec.withAt(Value.of(AFFINITY_SECONDS), "sessionAffinityConfig", "clientIP", "timeoutSeconds")
                        : spec;
            default -> spec;
        };
    }

    private static ObjectValue servicePort(ObjectValue port) {
        Value target = port.get("targetPort");
        boolean given = target != null
                && (IntOrString.isInt(target) ? IntOrString.intValue(target) != 0 : !"".equals(target.asString()));
        return given ? port : port.with("targetPort", Value.of(port.longOr("port", 0)));
    }
}
