// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.node;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pod needs of other objects in its namespace, by name. A mirror pod needs nothing: nodes make those themselves, and
 * must not give themselves rights by that.
 */
record PodNeeds(
        String key,
        String namespace,
        String node,
        String account,
        Set<String> secrets,
        Set<String> configMaps,
        Set<String> claims,
        Set<String> resourceClaims) {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** Where volumes name secrets. */
    private static final List<Map.Entry<String, String>> SECRETS = List.of(
            Map.entry("azureFile", "secretName"),
            Map.entry("cephfs", "secretRef"),
            Map.entry("cinder", "secretRef"),
            Map.entry("flexVolume", "secretRef"),
            Map.entry("rbd", "secretRef"),
            Map.entry("secret", "secretName"),
            Map.entry("scaleIO", "secretRef"),
            Map.entry("iscsi", "secretRef"),
            Map.entry("storageos", "secretRef"),
            Map.entry("csi", "nodePublishSecretRef"));

    static PodNeeds of(ObjectValue tree) {
        PodView pod = new PodView(tree);
        String namespace = pod.meta().namespace();
        String key = namespace + "/" + pod.meta().name();
        if (pod.nodeName().isEmpty() || pod.meta().annotations().has(MIRROR)) {
            return new PodNeeds(key, namespace, pod.nodeName(), "", Set.of(), Set.of(), Set.of(), Set.of());
        }
        Set<String> secrets = new HashSet<>();
        Set<String> configMaps = new HashSet<>();
        pod.spec().arrayOrEmpty("imagePullSecrets").objects().forEach(one -> add(secrets, one, "name"));
        for (ContainerView container : pod.allContainers()) {
            for (ObjectValue one : container.envFrom().objects()) {
                add(secrets, one.objectOrEmpty("secretRef"), "name");
                add(configMaps, one.objectOrEmpty("configMapRef"), "name");
            }
            for (ObjectValue one : container.env().objects()) {
                add(secrets, one.objectAt("valueFrom", "secretKeyRef"), "name");
                add(configMaps, one.objectAt("valueFrom", "configMapKeyRef"), "name");
            }
        }
        Set<String> claims = new HashSet<>();
        for (ObjectValue volume : pod.volumes()) {
            ofVolume(volume, pod.meta().name(), secrets, configMaps, claims);
        }
        return new PodNeeds(
                key,
                namespace,
                pod.nodeName(),
                pod.serviceAccountName(),
                Set.copyOf(secrets),
                Set.copyOf(configMaps),
                Set.copyOf(claims),
                Set.copyOf(resourceClaims(pod)));
    }

    private static void ofVolume(
            ObjectValue volume, String pod, Set<String> secrets, Set<String> configMaps, Set<String> claims) {
        for (Map.Entry<String, String> place : SECRETS) {
            secretIn(volume.objectOrEmpty(place.getKey()), place.getValue(), secrets);
        }
        add(configMaps, volume.objectOrEmpty("configMap"), "name");
        for (ObjectValue source :
                volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects()) {
            add(secrets, source.objectOrEmpty("secret"), "name");
            add(configMaps, source.objectOrEmpty("configMap"), "name");
        }
        add(claims, volume.objectOrEmpty("persistentVolumeClaim"), "claimName");
        if (volume.has("ephemeral")) {
            claims.add(pod + "-" + volume.stringOrEmpty("name"));
        }
    }

    private static void secretIn(ObjectValue source, String member, Set<String> secrets) {
        add(secrets, source, member);
        add(secrets, source.objectOrEmpty(member), "name");
    }

    private static Set<String> resourceClaims(PodView pod) {
        Set<String> out = new HashSet<>();
        pod.spec().arrayOrEmpty("resourceClaims").objects().forEach(one -> add(out, one, "resourceClaimName"));
        pod.status().arrayOrEmpty("resourceClaimStatuses").objects().forEach(one -> add(out, one, "resourceClaimName"));
        add(out, pod.status().objectOrEmpty("extendedResourceClaimStatus"), "resourceClaimName");
        return out;
    }

    private static void add(Set<String> names, ObjectValue from, String member) {
        String name = from.stringOrEmpty(member);
        if (!name.isEmpty()) {
            names.add(name);
        }
    }
}
