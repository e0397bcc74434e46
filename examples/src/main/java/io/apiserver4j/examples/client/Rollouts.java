// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.client;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** A piece of somebody's product: rolls a new image out to all deployments of a team. */
public final class Rollouts {
    private final KubernetesClient client;

    /** Rollouts by a client, in the namespace that it is set to. */
    public Rollouts(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Gives all containers of a team's deployments a new image, and says which deployments changed. Paused ones are left
     * alone.
     *
     * @throws IllegalArgumentException where the team has no deployment
     */
    public List<String> roll(String team, String image) {
        List<Deployment> all =
                client.apps().deployments().withLabel("team", team).list().getItems();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("team " + team + " has no deployment");
        }
        return all.stream()
                .filter(one -> !Boolean.TRUE.equals(one.getSpec().getPaused()))
                .filter(one -> set(one, image))
                .map(one -> one.getMetadata().getName())
                .toList();
    }

    /** True where the image was another one. Runs again where somebody else was faster: edit is optimistic. */
    private boolean set(Deployment found, String image) {
        long before = found.getMetadata().getGeneration();
        Deployment after = client.apps()
                .deployments()
                .withName(found.getMetadata().getName())
                .edit(one -> {
                    one.getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .forEach(container -> container.setImage(image));
                    return one;
                });
        return after.getMetadata().getGeneration() > before; // the server counts changes of the spec
    }
}
