// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.admission.expression.TypeCheck;
import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the status of ValidatingAdmissionPolicies what their expressions get wrong about the kinds they are about, as the
 * controller manager does; once for each generation. Does nothing where policies are not served.
 */
public final class PolicyTypeChecks implements Controller {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final String PLURAL = "validatingadmissionpolicies";
    private static final String NAME = "validatingadmissionpolicy-status";

    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> queue;
    private @Nullable Following following;

    /** A checker of the policies in these stores; the executor has one thread. */
    public PolicyTypeChecks(LiveCatalog catalog, Stores stores, LocalClient client, ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.executor = executor;
        queue = new WorkQueue<>(executor, name -> {
            settle(name);
            return null;
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    private @Nullable ResourceDefinition definition() {
        return catalog.current().find(PLURAL + "." + GROUP);
    }

    @Override
    public void start() {
        ResourceDefinition definition = definition();
        if (definition != null) {
            following = new Following(stores, definition, executor, this::changed).start();
        }
    }

    private void changed(ObjectEvent.Type type, StoredObject policy) {
        if (type != ObjectEvent.Type.DELETED) {
            queue.add(policy.header().name());
        }
    }

    private void settle(String name) {
        ResourceDefinition definition = definition();
        StoredObject found = definition == null ? null : stores.of(definition).get("", name);
        if (found == null) {
            return;
        }
        ObjectValue policy = found.tree();
        long generation = policy.objectOrEmpty("metadata").longOr("generation", 0);
        if (generation <= policy.objectOrEmpty("status").longOr("observedGeneration", 0)) {
            return;
        }
        ObjectValue status = ObjectValue.of(
                "observedGeneration",
                Value.of(generation),
                "typeChecking",
                ObjectValue.of("expressionWarnings", TypeCheck.warnings(policy, catalog.current())));
        ObjectValue applied = ObjectValue.builder()
                .put("apiVersion", GROUP + "/v1")
                .put("kind", "ValidatingAdmissionPolicy")
                .put(
                        "metadata",
                        ObjectValue.of("name", Value.of(ObjectMeta.of(policy).name())))
                .put("status", status)
                .build();
        LocalClient.Answer answer = client.send(
                "PATCH",
                "/apis/" + GROUP + "/v1/" + PLURAL + "/" + name + "/status?force=true&fieldManager=" + NAME,
                applied,
                "application/apply-patch+yaml");
        if (!answer.isSuccess() && answer.code() != 404) {
            throw new IllegalStateException(answer.message()); // tried again by the queue
        }
    }

    @Override
    public void close() {
        Following open = following;
        if (open != null) {
            open.close();
        }
    }
}
