// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of pod specs as wholes: which rules there are, and in which order they tell. Texts and order are those of
 * Kubernetes (pkg/apis/core/validation).
 */
public final class PodSpecRules {
    /** The lists of containers in the order in which rules about all containers go through them. */
    static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");

    private PodSpecRules() {}

    /**
     * Checks the spec of a template (an object with metadata and spec); old is the template of before, if there was
     * one.
     */
    public static void checkTemplate(
            ObjectValue template, @Nullable ObjectValue old, ValuePath path, FieldErrors errors) {
        Part whole = new Part(template, path, errors);
        // Kubernetes tells of a template's labels and annotations without the metadata around them
        Part annotations = new Part(template.objectAt("metadata", "annotations"), path.field("annotations"), errors);
        Leniency leniency = leniency(old);
        MetadataRules.labels(template.objectAt("metadata", "labels"), path.field("labels"), errors);
        MetadataRules.annotations(annotations.tree(), annotations.path(), errors);
        AnnotationRules.check(annotations, whole.part("spec"), leniency);
        check(whole.part("spec"), ObjectValue.EMPTY, leniency, false);
        agree(annotations, whole.part("spec"));
        if (!template.objectOrEmpty("spec").arrayOrEmpty("ephemeralContainers").isEmpty()) {
            whole.part("spec").forbid("ephemeralContainers", "ephemeral containers not allowed in pod template");
        }
    }

    /** Checks the spec and the annotations of a pod, on creation and on every change. */
    public static void checkPod(ObjectValue pod, @Nullable ObjectValue old, FieldErrors errors) {
        Part whole = new Part(pod, ValuePath.ROOT, errors);
        Part spec = whole.part("spec");
        Leniency leniency = leniency(old);
        AnnotationRules.check(whole.part("metadata").part("annotations"), spec, leniency);
        check(spec, pod.objectOrEmpty("metadata"), leniency, true);
        if (spec.text("serviceAccountName").isEmpty()) {
            for (Part volume : spec.parts("volumes")) {
                for (Part source : volume.part("projected").parts("sources")) {
                    source.forbidAll("must not be specified when serviceAccountName is not set", "serviceAccountToken");
                }
            }
        }
        spec.notNegative("terminationGracePeriodSeconds");
        spec.parts("containers").forEach(ContainerRules::trimmedImage);
        spec.parts("initContainers").forEach(ContainerRules::trimmedImage);
    }

    /** Checks that annotations which say the same as fields of a new pod do not say something else. */
    public static void checkAgreement(ObjectValue pod, FieldErrors errors) {
        Part whole = new Part(pod, ValuePath.ROOT, errors);
        agree(whole.part("metadata").part("annotations"), whole.part("spec"));
    }

    /** Checks the annotations of a pod once more, as every change of its status does. */
    public static void checkAnnotations(ObjectValue pod, ObjectValue old, FieldErrors errors) {
        Part whole = new Part(pod, ValuePath.ROOT, errors);
        AnnotationRules.check(whole.part("metadata").part("annotations"), whole.part("spec"), leniency(old));
    }

    private static void agree(Part annotations, Part spec) {
        AnnotationRules.seccompAgrees(annotations, spec);
        AnnotationRules.appArmorAgrees(annotations, spec);
    }

    private static Leniency leniency(@Nullable ObjectValue old) {
        return old == null ? Leniency.NONE : Leniency.of(old.objectOrEmpty("spec"), old.objectOrEmpty("metadata"));
    }

    /** All containers of a spec, with their addresses. */
    static List<Part> containers(Part spec) {
        List<Part> out = new ArrayList<>();
        CONTAINER_LISTS.forEach(list -> out.addAll(spec.parts(list)));
        return out;
    }

    private static void check(Part spec, ObjectValue metadata, Leniency leniency, boolean isPod) {
        if (!spec.has("terminationGracePeriodSeconds")) {
            spec.errors().required(spec.at("terminationGracePeriodSeconds"), "");
        }
        Map<String, ObjectValue> volumes = VolumeRules.check(spec, metadata.stringOrEmpty("name"), leniency);
        Set<String> claims = new HashSet<>();
        spec.parts("resourceClaims").forEach(claim -> claims.add(claim.text("name")));
        claims.remove("");
        boolean mirror = metadata.objectOrEmpty("annotations").has(AnnotationRules.MIRROR);
        DeviceClaimRules.ofPod(spec, mirror);
        PodScope scope = new PodScope(
                spec.number("terminationGracePeriodSeconds"),
                spec.text("restartPolicy"),
                !spec.isFalse("hostUsers"),
                volumes,
                claims,
                leniency);
        ContainerRules.regular(spec, scope);
        ContainerRules.init(spec, scope);
        ContainerRules.ephemeral(spec, scope);
        PodResourceRules.check(spec, claims, leniency);
        PortRules.inHostNetwork(spec, isPod);
        spec.requireChoice("restartPolicy", RESTART_POLICIES);
        spec.requireChoice("dnsPolicy", DNS_POLICIES);
        MetadataRules.labels(spec.tree().objectOrEmpty("nodeSelector"), spec.at("nodeSelector"), spec.errors());
        SecurityRules.ofPod(spec.part("securityContext"), spec.tree(), leniency);
        if (spec.isTrue("shareProcessNamespace") && spec.isTrue("hostPID")) {
            spec.invalid("shareProcessNamespace", "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        AffinityRules.affinity(spec.part("affinity"), leniency);
        DnsRules.config(spec);
        SchedulingRules.readinessGates(spec);
        SchedulingRules.gates(spec);
        SchedulingRules.spread(spec, leniency);
        WindowsRules.hostProcess(spec);
        ownUsers(spec, leniency);
        DnsRules.hostname(spec);
        identity(spec, leniency);
        WindowsRules.os(spec);
        filesOfVariables(spec);
    }

    /** A pod with users of its own shares no other namespace with its host. */
    private static void ownUsers(Part spec, Leniency leniency) {
        if (!spec.isFalse("hostUsers")) {
            return;
        }
        String detail = "when `hostUsers` is false";
        if (spec.isTrue("hostNetwork")) {
            spec.forbid("hostNetwork", detail);
        }
        if (spec.isTrue("hostPID")) {
            spec.forbid("HostPID", detail);
        }
        if (spec.isTrue("hostIPC")) {
            spec.forbid("HostIPC", detail);
        }
        if (!leniency.usersWithDevices()) {
            for (Part container : containers(spec)) {
                if (!container.tree().arrayOrEmpty("volumeDevices").isEmpty()) {
                    container.forbid("volumeDevices", detail);
                }
            }
        }
    }

    /** Names, and numbers that stand alone. */
    private static void identity(Part spec, Leniency leniency) {
        String account = spec.text("serviceAccountName");
        optionalSubdomain(spec, "serviceAccountName");
        String older = spec.text("serviceAccount");
        if (!older.equals(account)) {
            spec.errors()
                    .invalid(
                            spec.at("deprecatedServiceAccount"),
                            older,
                            "must be the same as serviceAccountName: " + GoText.quote(account));
        }
        optionalSubdomain(spec, "nodeName");
        spec.between("activeDeadlineSeconds", 1, Integer.MAX_VALUE);
        for (String field : List.of("hostname", "subdomain")) {
            if (!spec.text(field).isEmpty()) {
                spec.label(field);
            }
        }
        SchedulingRules.tolerations(spec.tree().arrayOrEmpty("tolerations"), spec.at("tolerations"), spec.errors());
        DnsRules.hostAliases(spec);
        optionalSubdomain(spec, "priorityClassName");
        if (spec.has("runtimeClassName")) {
            spec.subdomain("runtimeClassName");
        }
        if (spec.has("preemptionPolicy")) {
            spec.requireChoice("preemptionPolicy", List.of("PreemptLowerPriority", "Never"));
        }
        if (spec.has("overhead")) {
            Part overhead = new Part(
                    ObjectValue.of("limits", spec.tree().objectOrEmpty("overhead")),
                    spec.at("overhead"),
                    spec.errors());
            ResourceRules.ofContainer(overhead, Set.of(), leniency);
        }
    }

    private static void optionalSubdomain(Part spec, String field) {
        if (!spec.text(field).isEmpty()) {
            spec.told(field, NameRules.dns1123Subdomain(spec.text(field)));
        }
    }

    /** Files with variables lie in volumes that are the pod's own. */
    private static void filesOfVariables(Part spec) {
        Map<String, ObjectValue> volumes = new HashMap<>();
        spec.parts("volumes").forEach(volume -> volumes.put(volume.text("name"), volume.tree()));
        for (Part container : containers(spec)) {
            for (Part variable : container.parts("env")) {
                if (!variable.part("valueFrom").has("fileKeyRef")) {
                    continue;
                }
                Part reference = variable.part("valueFrom").part("fileKeyRef");
                ObjectValue volume = volumes.get(reference.text("volumeName"));
                if (volume == null) {
                    reference.errors().notFound(reference.at("volumeName"), reference.text("volumeName"));
                } else if (!volume.has("emptyDir")) {
                    reference.invalidText("volumeName", "referenced volume must be of type emptyDir");
                }
            }
        }
    }
}
