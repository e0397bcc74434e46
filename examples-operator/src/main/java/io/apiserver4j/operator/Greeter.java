// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import java.util.Map;

/** The Deployment of a greeting, with the greeting's name; the SDK applies it by server-side apply and names its owner. */
public final class Greeter extends CRUDKubernetesDependentResource<Deployment, Greeting> {
    /** Made by the SDK. */
    public Greeter() {
        super(Deployment.class);
    }

    @Override
    protected Deployment desired(Greeting greeting, Context<Greeting> context) {
        String name = greeting.getMetadata().getName();
        Map<String, String> labels = Map.of("greeting", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(greeting.getMetadata().getNamespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(greeting.getSpec().times)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("greeter")
                .withImage("registry.example/greeter:1")
                .withArgs("Hello " + greeting.getSpec().name + "!")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
