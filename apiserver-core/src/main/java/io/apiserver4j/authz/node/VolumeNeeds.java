// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.node;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The claim that a persistent volume is bound to, and the secrets that nodes need to mount it, as {@code NAMESPACE/NAME}.
 *
 * @param claimNamespace empty where it is bound to none
 */
record VolumeNeeds(String name, String claimNamespace, String claim, Set<String> secrets) {
    /** Sources with a reference that may name a namespace. */
    private static final List<List<String>> REFERENCES = List.of(
            List.of("cephfs", "secretRef"),
            List.of("cinder", "secretRef"),
            List.of("flexVolume", "secretRef"),
            List.of("rbd", "secretRef"),
            List.of("scaleIO", "secretRef"),
            List.of("iscsi", "secretRef"),
            List.of("storageos", "secretRef"),
            List.of("csi", "nodePublishSecretRef"),
            List.of("csi", "nodeStageSecretRef"),
            List.of("csi", "nodeExpandSecretRef"));

    static VolumeNeeds of(ObjectValue volume) {
        ObjectValue spec = volume.objectOrEmpty("spec");
        ObjectValue claim = spec.objectOrEmpty("claimRef");
        String home = claim.stringOrEmpty("namespace");
        Set<String> secrets = new HashSet<>();
        for (List<String> place : REFERENCES) {
            add(secrets, home, spec.objectOrEmpty(place.get(0)).objectOrEmpty(place.get(1)), "namespace", "name");
        }
        add(secrets, home, spec.objectOrEmpty("azureFile"), "secretNamespace", "secretName");
        return new VolumeNeeds(ObjectMeta.of(volume).name(), home, claim.stringOrEmpty("name"), Set.copyOf(secrets));
    }

    private static void add(Set<String> out, String home, ObjectValue from, String namespace, String name) {
        String given = from.stringOrEmpty(namespace);
        String secret = from.stringOrEmpty(name);
        if (!secret.isEmpty() && !(given + home).isEmpty()) {
            out.add((given.isEmpty() ? home : given) + "/" + secret);
        }
    }
}
