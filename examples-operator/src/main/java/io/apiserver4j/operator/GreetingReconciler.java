// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps a Deployment for each greeting, says so in its status, and says goodbye when one goes: the SDK holds it by a finalizer. */
@ControllerConfiguration
@Workflow(dependents = @Dependent(type = Greeter.class))
public final class GreetingReconciler implements Reconciler<Greeting>, Cleaner<Greeting> {
    private final List<String> goodbyes = new CopyOnWriteArrayList<>();

    @Override
    public UpdateControl<Greeting> reconcile(Greeting greeting, Context<Greeting> context) {
        int greeters = context.getSecondaryResource(Deployment.class)
                .map(deployment -> deployment.getSpec().getReplicas())
                .orElse(0);
        Greeting.Status status = new Greeting.Status();
        status.observedGeneration = greeting.getMetadata().getGeneration();
        status.greeters = greeters;
        Greeting applied = new Greeting(); // what is applied is owned, so it says nothing else
        applied.setMetadata(new ObjectMetaBuilder()
                .withName(greeting.getMetadata().getName())
                .withNamespace(greeting.getMetadata().getNamespace())
                .build());
        applied.setStatus(status);
        return UpdateControl.patchStatus(applied);
    }

    @Override
    public DeleteControl cleanup(Greeting greeting, Context<Greeting> context) {
        goodbyes.add("Goodbye " + greeting.getSpec().name);
        return DeleteControl.defaultDelete();
    }

    /** What was said to those that are gone. */
    public List<String> goodbyes() {
        return List.copyOf(goodbyes);
    }
}
