// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The checks that the restricted level has beyond the baseline: good practice is demanded. Each gives a finding or null. */
final class RestrictedChecks {
    private static final Set<String> GOOD_VOLUMES = Set.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");
    /** In the order in which the source of a volume is looked for. */
    private static final List<String> BAD_VOLUMES = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "gitRepo",
            "nfs",
            "iscsi",
            "glusterfs",
            "rbd",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "fc",
            "azureFile",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos");

    private RestrictedChecks() {}

    static @Nullable Finding privilegeEscalation(PodShape pod) {
        List<String> containers = pod.containersWhere(container -> {
            Value allowed = PodShape.securityContext(container).get("allowPrivilegeEscalation");
            return allowed == null || !Boolean.FALSE.equals(allowed.asBoolean());
        });
        return containers.isEmpty()
                ? null
                : new Finding(
                        "allowPrivilegeEscalation != false",
                        Finding.named("container", containers)
                                + " must set securityContext.allowPrivilegeEscalation=false");
    }

    static @Nullable Finding capabilities(PodShape pod) {
        List<String> keeping = pod.containersWhere(container -> !PodShape.securityContext(container)
                .objectOrEmpty("capabilities")
                .arrayOrEmpty("drop")
                .strings()
                .contains("ALL"));
        Set<String> bad = new TreeSet<>();
        List<String> adding =
                pod.containersWhere(container -> BaselineChecks.adds(container, Set.of("NET_BIND_SERVICE"), bad));
        List<String> details = new ArrayList<>();
        if (!keeping.isEmpty()) {
            details.add(Finding.named("container", keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (!adding.isEmpty()) {
            details.add(Finding.named("container", adding) + " must not include " + Finding.quoted(bad)
                    + " in securityContext.capabilities.add");
        }
        return details.isEmpty() ? null : new Finding("unrestricted capabilities", String.join("; ", details));
    }

    static @Nullable Finding volumes(PodShape pod) {
        Set<String> types = new TreeSet<>();
        List<String> volumes = pod.spec().arrayOrEmpty("volumes").objects().stream()
                .filter(volume -> GOOD_VOLUMES.stream().noneMatch(volume::has))
                .map(volume -> {
                    types.add(typeOf(volume));
                    return volume.stringOrEmpty("name");
                })
                .toList();
        return volumes.isEmpty()
                ? null
                : new Finding(
                        "restricted volume types",
                        Finding.named("volume", volumes)
                                + BaselineChecks.uses(volumes.size())
                                + Finding.named("restricted volume type", types));
    }

    private static String typeOf(ObjectValue volume) {
        return BAD_VOLUMES.stream().filter(volume::has).findFirst().orElse("unknown");
    }

    static @Nullable Finding runAsNonRoot(PodShape pod) {
        String setters = pod.setters(context -> {
            Value said = context.get("runAsNonRoot");
            return said != null && Boolean.FALSE.equals(said.asBoolean());
        });
        if (!setters.isEmpty()) {
            return new Finding("runAsNonRoot != true", setters + " must not set securityContext.runAsNonRoot=false");
        }
        List<String> open = pod.securityContext().isTrue("runAsNonRoot")
                ? List.of()
                : pod.containersWhere(
                        container -> !PodShape.securityContext(container).has("runAsNonRoot"));
        return open.isEmpty()
                ? null
                : new Finding(
                        "runAsNonRoot != true",
                        "pod or " + Finding.named("container", open) + " must set securityContext.runAsNonRoot=true");
    }

    static @Nullable Finding runAsUser(PodShape pod) {
        String setters = pod.setters(context -> {
            Long user = context.getLong("runAsUser");
            return user != null && user == 0;
        });
        return setters.isEmpty() ? null : new Finding("runAsUser=0", setters + " must not set runAsUser=0");
    }

    static @Nullable Finding seccomp(PodShape pod) {
        Finding wrong = BaselineChecks.seccomp(pod);
        if (wrong != null) {
            return wrong;
        }
        List<String> open = pod.securityContext().has("seccompProfile")
                ? List.of()
                : pod.containersWhere(
                        container -> !PodShape.securityContext(container).has("seccompProfile"));
        return open.isEmpty()
                ? null
                : new Finding(
                        "seccompProfile",
                        "pod or " + Finding.named("container", open)
                                + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                                + " \"Localhost\"");
    }
}
