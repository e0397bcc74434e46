// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.plugin.podsecurity.PodSecurity;
import io.apiserver4j.admission.plugin.quota.ResourceQuota;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the built-in plugins of a server, for {@link io.apiserver4j.admission.PluginOrder#chain}. */
public final class BuiltinPlugins {
    private BuiltinPlugins() {}

    /** All plugins by name, whether they are on by default or not. */
    public static Map<String, Object> all(PluginParts parts, PluginSettings settings) {
        LiveObjects objects = new LiveObjects(parts.stores(), parts.catalog());
        InnerDoor door = new InnerDoor(parts.door());
        Map<String, Object> plugins = new LinkedHashMap<>();
        plugins.put(NamespaceLifecycle.NAME, new NamespaceLifecycle(objects));
        plugins.put(ServiceAccounts.NAME, new ServiceAccounts(objects, parts.random()));
        plugins.put(TaintNodesByCondition.NAME, new TaintNodesByCondition());
        plugins.put(Priority.NAME, new Priority(objects));
        plugins.put(
                DefaultTolerationSeconds.NAME,
                new DefaultTolerationSeconds(settings.notReadySeconds(), settings.unreachableSeconds()));
        plugins.put(StorageObjectInUseProtection.NAME, new StorageObjectInUseProtection());
        plugins.put(LimitRanger.NAME, new LimitRanger(objects));
        plugins.put(DefaultStorageClass.NAME, new DefaultStorageClass(objects));
        plugins.put(PersistentVolumeClaimResize.NAME, new PersistentVolumeClaimResize(objects));
        plugins.put(RuntimeClass.NAME, new RuntimeClass(objects));
        plugins.put(PodSecurity.NAME, new PodSecurity(objects, settings.podSecurity()));
        plugins.put(DefaultIngressClass.NAME, new DefaultIngressClass(objects));
        plugins.put(NodeRestriction.NAME, new NodeRestriction(objects, parts.authorizer()));
        plugins.put(CertificateSubjectRestriction.NAME, new CertificateSubjectRestriction());
        plugins.putAll(SignerPermission.all(parts.authorizer()));
        plugins.put(PodGroupProtection.NAME, new PodGroupProtection(objects));
        plugins.put(PodTopologyLabels.NAME, new PodTopologyLabels(objects));
        plugins.put(NodeDeclaredFeatureValidator.NAME, new NodeDeclaredFeatureValidator(objects));
        plugins.put(PodResizeValidator.NAME, new PodResizeValidator(objects));
        plugins.put(ResourceQuota.NAME, new ResourceQuota(objects, door, settings.limitedResources(), parts.clock()));
        putOptional(plugins, objects, door, parts, settings);
        return plugins;
    }

    /** Those that are off unless they are asked for. */
    private static void putOptional(
            Map<String, Object> plugins,
            LiveObjects objects,
            InnerDoor door,
            PluginParts parts,
            PluginSettings settings) {
        plugins.put(Always.ADMIT.name(), Always.ADMIT);
        plugins.put(NamespaceAutoProvision.NAME, new NamespaceAutoProvision(objects, door));
        plugins.put(NamespaceExists.NAME, new NamespaceExists(objects));
        plugins.put(LimitPodHardAntiAffinityTopology.NAME, new LimitPodHardAntiAffinityTopology());
        plugins.put(AlwaysPullImages.NAME, new AlwaysPullImages());
        plugins.put(PodNodeSelector.NAME, new PodNodeSelector(objects, settings.nodeSelectors()));
        plugins.put(PodTolerationRestriction.NAME, new PodTolerationRestriction(objects, settings.tolerations()));
        plugins.put(EventRateLimit.NAME, new EventRateLimit(settings.eventLimits(), parts.clock()));
        plugins.put(ExtendedResourceToleration.NAME, new ExtendedResourceToleration());
        plugins.put(
                OwnerReferencesPermissionEnforcement.NAME,
                new OwnerReferencesPermissionEnforcement(parts.catalog(), parts.authorizer()));
        plugins.put(DenyServiceExternalIPs.NAME, new DenyServiceExternalIPs());
        plugins.put(Always.DENY.name(), Always.DENY);
    }
}
