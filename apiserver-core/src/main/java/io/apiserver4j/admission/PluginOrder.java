// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The plugins that kube-apiserver v1.37 knows, in the order in which they run, and those that are on by default. */
public final class PluginOrder {
    /** All plugins, in running order. */
    public static final List<String> ALL = List.of(
            "AlwaysAdmit",
            "NamespaceAutoProvision",
            "NamespaceLifecycle",
            "NamespaceExists",
            "LimitPodHardAntiAffinityTopology",
            "LimitRanger",
            "ServiceAccount",
            "NodeRestriction",
            "TaintNodesByCondition",
            "AlwaysPullImages",
            "ImagePolicyWebhook",
            "PodSecurity",
            "PodNodeSelector",
            "Priority",
            "DefaultTolerationSeconds",
            "PodTolerationRestriction",
            "EventRateLimit",
            "ExtendedResourceToleration",
            "DefaultStorageClass",
            "StorageObjectInUseProtection",
            "PodGroupProtection",
            "OwnerReferencesPermissionEnforcement",
            "PersistentVolumeClaimResize",
            "RuntimeClass",
            "CertificateApproval",
            "CertificateSigning",
            "ClusterTrustBundleAttest",
            "CertificateSubjectRestriction",
            "DefaultIngressClass",
            "DenyServiceExternalIPs",
            "PodTopologyLabels",
            "NodeDeclaredFeatureValidator",
            "PodResizeValidator",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionWebhook",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionWebhook",
            "ResourceQuota",
            "AlwaysDeny");

    private static final Set<String> OFF = Set.of(
            "AlwaysAdmit",
            "NamespaceAutoProvision",
            "NamespaceExists",
            "LimitPodHardAntiAffinityTopology",
            "NodeRestriction",
            "AlwaysPullImages",
            "ImagePolicyWebhook",
            "PodNodeSelector",
            "PodTolerationRestriction",
            "EventRateLimit",
            "ExtendedResourceToleration",
            "OwnerReferencesPermissionEnforcement",
            "DenyServiceExternalIPs",
            "AlwaysDeny");

    private PluginOrder() {}

    /** True where the plugin runs unless it is switched off. */
    public static boolean isDefault(String name) {
        return ALL.contains(name) && !OFF.contains(name);
    }

    /**
     * The chain of those plugins that exist and are on.
     *
     * @param plugins by name: each a {@link MutatingPlugin}, a {@link ValidatingPlugin} or both
     * @param enabled names switched on beyond the default
     * @param disabled names switched off
     */
    public static AdmissionChain chain(Map<String, Object> plugins, Set<String> enabled, Set<String> disabled) {
        List<Object> running = ALL.stream()
                .filter(name -> (isDefault(name) || enabled.contains(name)) && !disabled.contains(name))
                .filter(plugins::containsKey)
                .map(name -> (Object) plugins.get(name))
                .toList();
        return new AdmissionChain(
                running.stream()
                        .filter(MutatingPlugin.class::isInstance)
                        .map(MutatingPlugin.class::cast)
                        .toList(),
                running.stream()
                        .filter(ValidatingPlugin.class::isInstance)
                        .map(ValidatingPlugin.class::cast)
                        .toList());
    }

    /** Names among these that no plugin has, sorted. */
    public static Set<String> unknown(Set<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(ALL);
        return unknown;
    }
}
