// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.meta.GeneratedNames;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.random.RandomGenerator;

/** The volume with a service account's token, the cluster's certificates and the namespace, and where it is mounted. */
final class TokenVolume {
    private static final String PREFIX = "kube-api-access-";
    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final long TOKEN_SECONDS = 3607;
    private static final long MODE = 0644;

    private static final ObjectValue PROJECTED = ObjectValue.builder()
            .put("sources", ArrayValue.of(token(), certificates(), namespace()))
            .put("defaultMode", MODE)
            .build();

    private final RandomGenerator random;

    TokenVolume(RandomGenerator random) {
        this.random = random;
    }

    private static ObjectValue token() {
        return ObjectValue.of(
                "serviceAccountToken",
                ObjectValue.of("expirationSeconds", Value.of(TOKEN_SECONDS), "path", Value.of("token")));
    }

    private static ObjectValue certificates() {
        ObjectValue item = ObjectValue.of("key", Value.of("ca.crt"), "path", Value.of("ca.crt"));
        return ObjectValue.of(
                "configMap", ObjectValue.of("name", Value.of("kube-root-ca.crt"), "items", ArrayValue.of(item)));
    }

    private static ObjectValue namespace() {
        ObjectValue field = ObjectValue.of("apiVersion", Value.of("v1"), "fieldPath", Value.of("metadata.namespace"));
        ObjectValue item = ObjectValue.of("path", Value.of("namespace"), "fieldRef", field);
        return ObjectValue.of("downwardAPI", ObjectValue.of("items", ArrayValue.of(item)));
    }

    /** The pod's spec with the token in all containers that have nothing mounted at its place. */
    ObjectValue mountedIn(ObjectValue spec) {
        String known = knownVolume(spec);
        String name = known.isEmpty() ? GeneratedNames.generate(PREFIX, random) : known;
        ObjectValue mount = ObjectValue.builder()
                .put("name", name)
                .put("readOnly", true)
                .put("mountPath", MOUNT_PATH)
                .build();
        ObjectValue out = mounted(mounted(spec, "initContainers", mount), "containers", mount);
        if (out == spec || !known.isEmpty()) {
            return out;
        }
        ObjectValue volume = ObjectValue.of("name", Value.of(name), "projected", PROJECTED);
        return out.with("volumes", out.arrayOrEmpty("volumes").plus(volume));
    }

    private static String knownVolume(ObjectValue spec) {
        for (ObjectValue volume : spec.arrayOrEmpty("volumes").objects()) {
            if (volume.stringOrEmpty("name").startsWith(PREFIX)) {
                return volume.stringOrEmpty("name");
            }
        }
        return "";
    }

    private static ObjectValue mounted(ObjectValue spec, String member, ObjectValue mount) {
        ArrayValue containers = spec.arrayOrEmpty(member);
        ArrayValue out = containers;
        for (int i = 0; i < containers.size(); i++) {
            ObjectValue container = containers.objectAt(i);
            ArrayValue mounts = container.arrayOrEmpty("volumeMounts");
            boolean taken = mounts.objects().stream()
                    .anyMatch(one -> one.stringOrEmpty("mountPath").equals(MOUNT_PATH));
            if (!taken) {
                out = out.with(i, container.with("volumeMounts", mounts.plus(mount)));
            }
        }
        return out == containers ? spec : spec.with(member, out);
    }
}
