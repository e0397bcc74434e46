// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What may be chosen about a server, besides its collaborators. Names are those of kube-apiserver's flags.
 *
 * @param maxRequestsInflight how many reading calls are worked on at once
 * @param maxMutatingRequestsInflight how many changing calls are worked on at once
 * @param requestTimeout how long a call may take that is not long-running
 * @param minRequestTimeout after how long a watch ends that asks for no time, at the earliest (at random within twice that);
 *     zero for never
 * @param enabledAdmissionPlugins plugins switched on beyond the default ones
 * @param disabledAdmissionPlugins default plugins switched off
 * @param notReadyTolerationSeconds how long pods tolerate nodes that are not ready, where they don't say
 * @param unreachableTolerationSeconds how long pods tolerate nodes that are not reachable, where they don't say
 * @param serviceClusterIpRanges ranges of cluster IPs as CIDRs, the primary one first
 * @param serviceNodePorts first and last node port
 * @param advertiseAddress where members of the cluster reach the server
 * @param securePort the port that is published for the kubernetes service
 * @param controllers names of the controllers to run inside
 * @param rootCertificates authorities as PEM text that pods trust the server by (config map kube-root-ca.crt), or empty
 */
public record ApiServerSettings(
        int maxRequestsInflight,
        int maxMutatingRequestsInflight,
        Duration requestTimeout,
        Duration minRequestTimeout,
        Set<String> enabledAdmissionPlugins,
        Set<String> disabledAdmissionPlugins,
        int notReadyTolerationSeconds,
        int unreachableTolerationSeconds,
        List<String> serviceClusterIpRanges,
        PortRange serviceNodePorts,
        String advertiseAddress,
        int securePort,
        Set<String> controllers,
        String rootCertificates) {
    /** First and last port of a range. */
    public record PortRange(int first, int last) {}

    /** The defaults of kube-apiserver, with no controllers inside. */
    public static final ApiServerSettings STANDARD = new ApiServerSettings(
            400,
            200,
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            Set.of(),
            Set.of(),
            300,
            300,
            List.of("10.0.0.0/24"),
            new PortRange(30000, 32767),
            "127.0.0.1",
            6443,
            Set.of(),
            "");

    /** The names of all controllers that can run inside. */
    public static final Set<String> ALL_CONTROLLERS = Set.of(
            "namespace",
            "garbagecollector",
            "serviceaccount",
            "clusterrole-aggregation",
            "resourcequota",
            "storage-protection",
            "validatingadmissionpolicy-status",
            "csrsigning");

    /** Copies the collections. */
    public ApiServerSettings {
        enabledAdmissionPlugins = Set.copyOf(enabledAdmissionPlugins);
        disabledAdmissionPlugins = Set.copyOf(disabledAdmissionPlugins);
        serviceClusterIpRanges = List.copyOf(serviceClusterIpRanges);
        controllers = Set.copyOf(controllers);
    }

    /** These settings with other controllers inside. */
    public ApiServerSettings withControllers(Set<String> names) {
        return with(securePort, names, rootCertificates);
    }

    /** These settings with another published port. */
    public ApiServerSettings withSecurePort(int port) {
        return with(port, controllers, rootCertificates);
    }

    /** These settings with other authorities, as PEM text, that pods trust the server by. */
    public ApiServerSettings withRootCertificates(String pem) {
        return with(securePort, controllers, pem);
    }

    private ApiServerSettings with(int port, Set<String> names, String pem) {
        return new ApiServerSettings(
                maxRequestsInflight,
                maxMutatingRequestsInflight,
                requestTimeout,
                minRequestTimeout,
                enabledAdmissionPlugins,
                disabledAdmissionPlugins,
                notReadyTolerationSeconds,
                unreachableTolerationSeconds,
                serviceClusterIpRanges,
                serviceNodePorts,
                advertiseAddress,
                port,
                names,
                pem);
    }
}
