// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.view;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service. */
public record ServiceView(ObjectValue tree) {
    /** The cluster IP of a service without one. */
    public static final String NONE = "None";

    /** The metadata. */
    public ObjectMeta meta() {
        return ObjectMeta.of(tree);
    }

    /** The specification; empty where there is none. */
    public ObjectValue spec() {
        return tree.objectOrEmpty("spec");
    }

    /** ClusterIP, NodePort, LoadBalancer, ExternalName, or the empty text. */
    public String type() {
        return spec().stringOrEmpty("type");
    }

    /** True for a service of this type. */
    public boolean isType(String type) {
        return type.equals(type());
    }

    /** The address within the cluster, {@link #NONE}, or the empty text. */
    public String clusterIp() {
        return spec().stringOrEmpty("clusterIP");
    }

    /** The addresses within the cluster, one per family. */
    public List<String> clusterIps() {
        return spec().arrayOrEmpty("clusterIPs").strings();
    }

    /** The families of the addresses: IPv4, IPv6. */
    public List<String> ipFamilies() {
        return spec().arrayOrEmpty("ipFamilies").strings();
    }

    /** How many families there shall be, or null where nothing is said. */
    public @Nullable String ipFamilyPolicy() {
        return spec().getString("ipFamilyPolicy");
    }

    /** The ports. */
    public List<ObjectValue> ports() {
        return spec().arrayOrEmpty("ports").objects();
    }

    /** The ports that it takes on nodes, without that of health checks. */
    public List<Integer> nodePorts() {
        List<Integer> out = new ArrayList<>();
        for (ObjectValue port : ports()) {
            long number = port.longOr("nodePort", 0);
            if (number != 0) {
                out.add((int) number);
            }
        }
        return out;
    }

    /** The port for health checks, or 0. */
    public int healthCheckNodePort() {
        return (int) spec().longOr("healthCheckNodePort", 0);
    }

    /** The labels of its pods; empty where there are none. */
    public ObjectValue selector() {
        return spec().objectOrEmpty("selector");
    }

    /** Further addresses that lead to it. */
    public ArrayValue externalIps() {
        return spec().arrayOrEmpty("externalIPs");
    }

    /** How traffic from outside is routed, or the empty text. */
    public String externalTrafficPolicy() {
        return spec().stringOrEmpty("externalTrafficPolicy");
    }

    /** True for a service that has no address within the cluster, and wants none. */
    public boolean isHeadless() {
        return clusterIps().equals(List.of(NONE));
    }

    /** True for all types that have, or refuse, an address within the cluster. */
    public boolean needsClusterIp() {
        return !isType("ExternalName");
    }

    /** True where it has a port for health checks. */
    public boolean needsHealthCheckPort() {
        return isType("LoadBalancer") && externalTrafficPolicy().equals("Local");
    }

    /** True where traffic from outside reaches it. */
    public boolean isExternallyAccessible() {
        return isType("LoadBalancer")
                || isType("NodePort")
                || isType("ClusterIP") && !externalIps().isEmpty();
    }
}
