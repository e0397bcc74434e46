// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.node;

import io.apiserver4j.store.LiveView;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which objects belong to a node: its pods, what those need, and what the volumes behind that need. Pods are indexed by node,
 * so that a question costs a walk over the pods of one node.
 */
public final class NodeGraph implements AutoCloseable {
    private final Function<String, ObjectStore> objects;
    private final LiveView<PodNeeds> pods;
    private final LiveView<VolumeNeeds> volumes;
    private final Map<String, Map<String, PodNeeds>> podsByNode = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> volumesBySecret = new ConcurrentHashMap<>();

    /** A graph over the stores of a server, which are asked for by resource when a node first asks. */
    public NodeGraph(Function<String, ObjectStore> objects) {
        this.objects = objects;
        pods = new LiveView<>(() -> objects.apply("pods"), object -> PodNeeds.of(object.tree()), this::podChanged);
        volumes = new LiveView<>(
                () -> objects.apply("persistentvolumes"), object -> VolumeNeeds.of(object.tree()), this::volumeChanged);
    }

    private void podChanged(@Nullable PodNeeds before, @Nullable PodNeeds after) {
        if (before != null && (after == null || !after.node().equals(before.node()))) {
            podsByNode.computeIfPresent(before.node(), (node, own) -> {
                own.remove(before.key());
                return own.isEmpty() ? null : own;
            });
        }
        if (after != null && !after.node().isEmpty()) {
            podsByNode
                    .computeIfAbsent(after.node(), node -> new ConcurrentHashMap<>())
                    .put(after.key(), after);
        }
    }

    private void volumeChanged(@Nullable VolumeNeeds before, @Nullable VolumeNeeds after) {
        if (before != null) {
            before.secrets()
                    .forEach(secret -> volumesBySecret.computeIfPresent(secret, (key, names) -> {
                        names.remove(before.name());
                        return names.isEmpty() ? null : names;
                    }));
        }
        if (after != null) {
            after.secrets()
                    .forEach(secret -> volumesBySecret
                            .computeIfAbsent(secret, key -> ConcurrentHashMap.newKeySet())
                            .add(after.name()));
        }
    }

    boolean hasPod(String node, String namespace, String name) {
        pods.catchUp();
        return podsByNode.getOrDefault(node, Map.of()).containsKey(namespace + "/" + name);
    }

    private boolean anyPod(String node, String namespace, Predicate<PodNeeds> needs) {
        pods.catchUp();
        for (PodNeeds pod : podsByNode.getOrDefault(node, Map.of()).values()) {
            if (pod.namespace().equals(namespace) && needs.test(pod)) {
                return true;
            }
        }
        return false;
    }

    boolean hasAccount(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.account().equals(name));
    }

    boolean hasConfigMap(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.configMaps().contains(name));
    }

    boolean hasClaim(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.claims().contains(name));
    }

    boolean hasResourceClaim(String node, String namespace, String name) {
        return anyPod(node, namespace, pod -> pod.resourceClaims().contains(name));
    }

    boolean hasSecret(String node, String namespace, String name) {
        if (anyPod(node, namespace, pod -> pod.secrets().contains(name))) {
            return true;
        }
        volumes.catchUp();
        for (String volume : volumesBySecret.getOrDefault(namespace + "/" + name, Set.of())) {
            if (hasVolume(node, volume)) {
                return true;
            }
        }
        return false;
    }

    boolean hasVolume(String node, String name) {
        volumes.catchUp();
        VolumeNeeds volume = volumes.get("", name);
        return volume != null
                && !volume.claimNamespace().isEmpty()
                && hasClaim(node, volume.claimNamespace(), volume.claim());
    }

    /** True where an object says by a field of its spec that it belongs to the node. */
    boolean isNamed(String node, String resource, String namespace, String name) {
        StoredObject found = objects.apply(resource).recent(namespace, name);
        ObjectValue spec = found == null ? ObjectValue.EMPTY : found.tree().objectOrEmpty("spec");
        return spec.stringOrEmpty("nodeName").equals(node);
    }

    @Override
    public void close() {
        pods.close();
        volumes.close();
    }
}
