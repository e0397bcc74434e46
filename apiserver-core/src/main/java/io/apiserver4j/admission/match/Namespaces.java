// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.LiveView;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The namespaces, for selectors and expressions; followed from the first question on. */
public final class Namespaces implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Stores stores;
    private final LiveCatalog catalog;
    private final LiveView<StoredObject> view;

    /** The namespaces in the stores of a server. */
    public Namespaces(Stores stores, LiveCatalog catalog) {
        this.stores = stores;
        this.catalog = catalog;
        view = new LiveView<>(() -> Objects.requireNonNull(store()), object -> object, (before, after) -> {});
    }

    private @Nullable ObjectStore store() {
        ResourceDefinition definition = catalog.current().find("namespaces");
        return definition == null ? null : stores.of(definition);
    }

    /** The namespace of a name; 404 where there is none. */
    public ObjectValue object(String name) {
        return require(name).tree();
    }

    /** The labels of a namespace; 404 where there is none. */
    public ObjectValue labels(String name) {
        StoredObject found = require(name);
        return found.header().name().isEmpty()
                ? ObjectMeta.of(found.tree()).labels()
                : found.header().labels();
    }

    private StoredObject require(String name) {
        ObjectStore store = store();
        StoredObject found = null;
        if (store != null) {
            view.await(store.writtenRevision(), PATIENCE);
            found = view.get("", name);
            if (found == null) { // another replica may just have made it
                found = store.get("", name);
            }
        }
        if (found == null) {
            throw Status.notFound("", "namespaces", name).asException();
        }
        return found;
    }

    /** The labels that a namespace selector is asked about: those of a namespace that is written are in the request. */
    ObjectValue labelsFor(AdmissionRequest request) {
        ObjectValue object = request.object();
        boolean written = request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (written && object != null && request.isFor("", "namespaces")) {
            return ObjectMeta.of(object).labels();
        }
        return labels(request.seenNamespace());
    }

    @Override
    public void close() {
        view.close();
    }
}
