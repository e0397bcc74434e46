// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.kinds.admissionregistration.MutatingPolicyRules;
import io.apiserver4j.kinds.admissionregistration.PolicyBindingRules;
import io.apiserver4j.kinds.admissionregistration.ValidatingPolicyRules;
import io.apiserver4j.kinds.admissionregistration.WebhookConfigurationRules;
import io.apiserver4j.kinds.apiextensions.CustomResourceDefinitionRules;
import io.apiserver4j.kinds.apiregistration.ApiServiceRules;
import io.apiserver4j.kinds.apps.ControllerRevisionRules;
import io.apiserver4j.kinds.apps.DaemonSetRules;
import io.apiserver4j.kinds.apps.DeploymentRules;
import io.apiserver4j.kinds.apps.ReplicaSetRules;
import io.apiserver4j.kinds.apps.StatefulSetRules;
import io.apiserver4j.kinds.autoscaling.HorizontalPodAutoscalerRules;
import io.apiserver4j.kinds.batch.CronJobRules;
import io.apiserver4j.kinds.batch.JobRules;
import io.apiserver4j.kinds.certificates.CertificateSigningRequestRules;
import io.apiserver4j.kinds.certificates.ClusterTrustBundleRules;
import io.apiserver4j.kinds.certificates.PodCertificateRequestRules;
import io.apiserver4j.kinds.coordination.LeaseRules;
import io.apiserver4j.kinds.core.ConfigMapRules;
import io.apiserver4j.kinds.core.EndpointsRules;
import io.apiserver4j.kinds.core.LimitRangeRules;
import io.apiserver4j.kinds.core.NamespaceRules;
import io.apiserver4j.kinds.core.NodeRules;
import io.apiserver4j.kinds.core.PersistentVolumeClaimRules;
import io.apiserver4j.kinds.core.PersistentVolumeRules;
import io.apiserver4j.kinds.core.PodRules;
import io.apiserver4j.kinds.core.PodTemplateKindRules;
import io.apiserver4j.kinds.core.ReplicationControllerRules;
import io.apiserver4j.kinds.core.ResourceQuotaRules;
import io.apiserver4j.kinds.core.SecretRules;
import io.apiserver4j.kinds.core.ServiceAccountRules;
import io.apiserver4j.kinds.core.ServiceRules;
import io.apiserver4j.kinds.discovery.EndpointSliceRules;
import io.apiserver4j.kinds.events.EventRules;
import io.apiserver4j.kinds.flowcontrol.FlowSchemaRules;
import io.apiserver4j.kinds.flowcontrol.PriorityLevelRules;
import io.apiserver4j.kinds.migration.StorageVersionMigrationRules;
import io.apiserver4j.kinds.networking.IngressClassRules;
import io.apiserver4j.kinds.networking.IngressRules;
import io.apiserver4j.kinds.networking.IpAddressRules;
import io.apiserver4j.kinds.networking.NetworkPolicyRules;
import io.apiserver4j.kinds.networking.ServiceCidrRules;
import io.apiserver4j.kinds.node.RuntimeClassRules;
import io.apiserver4j.kinds.policy.PodDisruptionBudgetRules;
import io.apiserver4j.kinds.rbac.RoleBindingRules;
import io.apiserver4j.kinds.rbac.RoleRules;
import io.apiserver4j.kinds.resource.DeviceClassRules;
import io.apiserver4j.kinds.resource.DeviceTaintRuleRules;
import io.apiserver4j.kinds.resource.ResourceClaimRules;
import io.apiserver4j.kinds.resource.ResourceClaimTemplateRules;
import io.apiserver4j.kinds.resource.ResourceSliceRules;
import io.apiserver4j.kinds.scheduling.PriorityClassRules;
import io.apiserver4j.kinds.storage.CsiDriverRules;
import io.apiserver4j.kinds.storage.CsiNodeRules;
import io.apiserver4j.kinds.storage.CsiStorageCapacityRules;
import io.apiserver4j.kinds.storage.StorageClassRules;
import io.apiserver4j.kinds.storage.VolumeAttachmentRules;
import io.apiserver4j.kinds.storage.VolumeAttributesClassRules;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The rules of kinds by resource ({@code deployments.apps}, {@code pods}). A kind without an entry has no rules beyond its
 * facts. Rules are made when a server is made, so they may keep state of that server.
 */
final class Strategies {
    private Strategies() {}

    /** All rules for a server with these settings, not made yet. */
    static Map<String, Supplier<KindRules>> rules(KindSettings settings) {
        Map<String, Supplier<KindRules>> rules = new HashMap<>();
        rules.put("endpoints", EndpointsRules::new);
        rules.put("endpointslices.discovery.k8s.io", EndpointSliceRules::new);
        rules.put("events", () -> new EventRules(false));
        rules.put("events.events.k8s.io", () -> new EventRules(true));
        rules.put("ingressclasses.networking.k8s.io", IngressClassRules::new);
        rules.put("ingresses.networking.k8s.io", IngressRules::new);
        rules.put("ipaddresses.networking.k8s.io", IpAddressRules::new);
        rules.put("leases.coordination.k8s.io", LeaseRules::new);
        rules.put("networkpolicies.networking.k8s.io", NetworkPolicyRules::new);
        rules.put("nodes", NodeRules::new);
        rules.put("pods", PodRules::new);
        rules.put("podtemplates", PodTemplateKindRules::new);
        rules.put("replicationcontrollers", ReplicationControllerRules::new);
        rules.put("servicecidrs.networking.k8s.io", ServiceCidrRules::new);
        rules.put("services", () -> new ServiceRules(settings));
        rules.put("deployments.apps", DeploymentRules::new);
        rules.put("replicasets.apps", ReplicaSetRules::new);
        rules.put("statefulsets.apps", StatefulSetRules::new);
        rules.put("daemonsets.apps", DaemonSetRules::new);
        rules.put("controllerrevisions.apps", ControllerRevisionRules::new);
        rules.put("jobs.batch", JobRules::new);
        rules.put("cronjobs.batch", CronJobRules::new);
        rules.put("horizontalpodautoscalers.autoscaling", HorizontalPodAutoscalerRules::new);
        rules.put("poddisruptionbudgets.policy", PodDisruptionBudgetRules::new);
        rules.put("priorityclasses.scheduling.k8s.io", PriorityClassRules::new);
        rules.put("runtimeclasses.node.k8s.io", RuntimeClassRules::new);
        rules.put("storageversionmigrations.storagemigration.k8s.io", StorageVersionMigrationRules::new);
        rules.put("apiservices.apiregistration.k8s.io", ApiServiceRules::new);
        rules.put("flowschemas.flowcontrol.apiserver.k8s.io", FlowSchemaRules::new);
        rules.put("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", PriorityLevelRules::new);
        rules.put("mutatingadmissionpolicies.admissionregistration.k8s.io", MutatingPolicyRules::new);
        rules.put("mutatingadmissionpolicybindings.admissionregistration.k8s.io", PolicyBindingRules::mutating);
        rules.put("mutatingwebhookconfigurations.admissionregistration.k8s.io", WebhookConfigurationRules::mutating);
        rules.put("validatingadmissionpolicies.admissionregistration.k8s.io", ValidatingPolicyRules::new);
        rules.put("validatingadmissionpolicybindings.admissionregistration.k8s.io", PolicyBindingRules::validating);
        rules.put(
                "validatingwebhookconfigurations.admissionregistration.k8s.io", WebhookConfigurationRules::validating);
        rules.put("certificatesigningrequests.certificates.k8s.io", CertificateSigningRequestRules::new);
        rules.put("clustertrustbundles.certificates.k8s.io", ClusterTrustBundleRules::new);
        rules.put("podcertificaterequests.certificates.k8s.io", PodCertificateRequestRules::new);
        rules.put("configmaps", ConfigMapRules::new);
        rules.put("limitranges", LimitRangeRules::new);
        rules.put("namespaces", NamespaceRules::new);
        rules.put("persistentvolumeclaims", PersistentVolumeClaimRules::new);
        rules.put("persistentvolumes", PersistentVolumeRules::new);
        rules.put("resourcequotas", ResourceQuotaRules::new);
        rules.put("secrets", SecretRules::new);
        rules.put("serviceaccounts", ServiceAccountRules::new);
        rules.put(
                "clusterrolebindings.rbac.authorization.k8s.io",
                () -> new RoleBindingRules(true, settings.escalation()));
        rules.put("clusterroles.rbac.authorization.k8s.io", () -> new RoleRules(true, settings.escalation()));
        rules.put("rolebindings.rbac.authorization.k8s.io", () -> new RoleBindingRules(false, settings.escalation()));
        rules.put("roles.rbac.authorization.k8s.io", () -> new RoleRules(false, settings.escalation()));
        rules.put("csidrivers.storage.k8s.io", CsiDriverRules::new);
        rules.put("csinodes.storage.k8s.io", CsiNodeRules::new);
        rules.put("csistoragecapacities.storage.k8s.io", CsiStorageCapacityRules::new);
        rules.put("storageclasses.storage.k8s.io", StorageClassRules::new);
        rules.put("volumeattachments.storage.k8s.io", VolumeAttachmentRules::new);
        rules.put("volumeattributesclasses.storage.k8s.io", VolumeAttributesClassRules::new);
        rules.put("deviceclasses.resource.k8s.io", DeviceClassRules::new);
        rules.put("devicetaintrules.resource.k8s.io", DeviceTaintRuleRules::new);
        rules.put("resourceclaims.resource.k8s.io", () -> new ResourceClaimRules(settings));
        rules.put("resourceclaimtemplates.resource.k8s.io", () -> new ResourceClaimTemplateRules(settings));
        rules.put("resourceslices.resource.k8s.io", ResourceSliceRules::new);
        rules.put("customresourcedefinitions.apiextensions.k8s.io", CustomResourceDefinitionRules::new);
        return rules;
    }
}
