// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a service account lets its pods use, where it limits them to what it lists. */
record MountableSecrets(String account, Set<String> secrets, Set<String> pullSecrets) {
    static MountableSecrets of(ObjectValue account) {
        return new MountableSecrets(
                account.objectOrEmpty("metadata").stringOrEmpty("name"),
                names(account, "secrets"),
                names(account, "imagePullSecrets"));
    }

    private static Set<String> names(ObjectValue account, String member) {
        Set<String> out = new HashSet<>();
        account.arrayOrEmpty(member).objects().forEach(one -> out.add(one.stringOrEmpty("name")));
        return out;
    }

    /** What a pod, or only its ephemeral containers, uses without leave; null where nothing. */
    @Nullable
    String problem(PodView pod, boolean onlyEphemeral) {
        if (onlyEphemeral) {
            return ofContainers(pod.ephemeralContainers(), "ephemeral container");
        }
        for (ObjectValue volume : pod.volumes()) {
            ObjectValue secret = volume.getObject("secret");
            String name = secret == null ? "" : secret.stringOrEmpty("secretName");
            if (secret != null && !secrets.contains(name)) {
                return "volume with secret.secretName=\"" + name + "\"" + refused("secret");
            }
        }
        String problem = ofContainers(pod.initContainers(), "init container");
        problem = problem == null ? ofContainers(pod.containers(), "container") : problem;
        return problem == null
                ? ofPullSecrets(pod.spec().arrayOrEmpty("imagePullSecrets").objects())
                : problem;
    }

    private @Nullable String ofPullSecrets(List<ObjectValue> references) {
        for (int i = 0; i < references.size(); i++) {
            String name = references.get(i).stringOrEmpty("name");
            if (!pullSecrets.contains(name)) {
                return "imagePullSecrets[" + i + "].name=\"" + name + "\"" + refused("imagePullSecret");
            }
        }
        return null;
    }

    private @Nullable String ofContainers(List<ContainerView> containers, String what) {
        for (ContainerView container : containers) {
            String problem = ofContainer(container, what + " " + container.name());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String ofContainer(ContainerView container, String who) {
        for (ObjectValue env : container.env().objects()) {
            ObjectValue secret = env.objectOrEmpty("valueFrom").getObject("secretKeyRef");
            String name = secret == null ? "" : secret.stringOrEmpty("name");
            if (secret != null && !secrets.contains(name)) {
                return who + " with envVar " + env.stringOrEmpty("name") + " referencing secret.secretName=\"" + name
                        + "\"" + refused("secret");
            }
        }
        for (ObjectValue env : container.envFrom().objects()) {
            ObjectValue secret = env.getObject("secretRef");
            String name = secret == null ? "" : secret.stringOrEmpty("name");
            if (secret != null && !secrets.contains(name)) {
                return who + " with envFrom referencing secret.secretName=\"" + name + "\"" + refused("secret");
            }
        }
        return null;
    }

    private String refused(String kind) {
        return " is not allowed because service account " + account + " does not reference that " + kind;
    }
}
