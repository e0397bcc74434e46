// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;
import java.util.List;

/** Where pods name secrets. */
final class SecretReferences {
    /** Volume sources that hold a reference to a secret, with the member that does. */
    private static final List<List<String>> VOLUMES = List.of(
            List.of("azureFile", "secretName"),
            List.of("cephfs", "secretRef"),
            List.of("cinder", "secretRef"),
            List.of("flexVolume", "secretRef"),
            List.of("rbd", "secretRef"),
            List.of("secret", "secretName"),
            List.of("scaleIO", "secretRef"),
            List.of("iscsi", "secretRef"),
            List.of("storageos", "secretRef"),
            List.of("csi", "nodePublishSecretRef"));

    private SecretReferences() {}

    /** True where a pod names a secret anywhere. */
    static boolean hasAny(PodView pod) {
        if (!pod.spec().arrayOrEmpty("imagePullSecrets").isEmpty()) {
            return true;
        }
        for (ContainerView container : pod.allContainers()) {
            if (container.envFrom().objects().stream().anyMatch(one -> one.has("secretRef"))
                    || container.env().objects().stream()
                            .anyMatch(one -> one.objectOrEmpty("valueFrom").has("secretKeyRef"))) {
                return true;
            }
        }
        return pod.volumes().stream().anyMatch(SecretReferences::inVolume);
    }

    private static boolean inVolume(ObjectValue volume) {
        for (List<String> place : VOLUMES) {
            if (volume.objectOrEmpty(place.get(0)).has(place.get(1))) {
                return true;
            }
        }
        return volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects().stream()
                .anyMatch(source -> source.has("secret"));
    }
}
