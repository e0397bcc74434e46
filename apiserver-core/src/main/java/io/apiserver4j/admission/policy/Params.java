// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the parameters of policies: objects of any kind that is served, as they are when a request comes. */
final class Params {
    private static final List<Param> NO_PARAM = List.of(new Param("", "", null));

    private final Stores stores;
    private final LiveCatalog catalog;

    /** A parameter; one without an object stands for none. */
    record Param(String namespace, String name, @Nullable ObjectValue object) {}

    Params(Stores stores, LiveCatalog catalog) {
        this.stores = stores;
        this.catalog = catalog;
    }

    /**
     * Makes sure that the kind is served.
     *
     * @throws ConfigurationException where it is not
     */
    void checkKind(@Nullable Kind kind) {
        if (kind != null && catalog.current().find(kind) == null) {
            throw new ConfigurationException("failed to find resource referenced by paramKind: '" + kind + "'");
        }
    }

    /**
     * The parameters that a policy is to be evaluated with, one after the other; none where it is not to be evaluated.
     *
     * @param kind of parameters, or null where the policy takes none
     * @param reference where they are, or null where the binding names none
     * @param namespace that the request is in
     * @throws ConfigurationException where they can't be found out
     */
    List<Param> collect(@Nullable Kind kind, @Nullable ParamRef reference, String namespace) {
        if (kind == null || reference == null) {
            return NO_PARAM;
        }
        ResourceDefinition definition = catalog.current().find(kind);
        if (definition == null) {
            throw new ConfigurationException("failed to find resource referenced by paramKind: '" + kind + "'");
        }
        String within = within(definition, reference, namespace);
        if (!reference.name().isEmpty() && reference.selector() != null) {
            throw new ConfigurationException("paramRef.name and paramRef.selector are mutually exclusive");
        }
        List<Param> found;
        if (!reference.name().isEmpty()) {
            found = named(definition, kind, within, reference.name());
        } else if (reference.selector() != null) {
            found = selected(definition, kind, within, reference.selector());
        } else {
            throw new ConfigurationException("one of name or selector must be provided");
        }
        if (found.isEmpty() && reference.deniesWithout()) {
            throw new ConfigurationException("no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found;
    }

    private static String within(ResourceDefinition definition, ParamRef reference, String namespace) {
        if (!definition.namespaced()) {
            if (!reference.namespace().isEmpty()) {
                throw new ConfigurationException(
                        "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
            }
            return "";
        }
        String within = reference.namespace().isEmpty() ? namespace : reference.namespace();
        if (within.isEmpty()) {
            throw new ConfigurationException(
                    "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        }
        return within;
    }

    private List<Param> named(ResourceDefinition definition, Kind kind, String namespace, String name) {
        StoredObject object = stores.of(definition).get(namespace, name);
        return object == null ? List.of() : List.of(new Param(namespace, name, seenAs(definition, kind, object)));
    }

    private List<Param> selected(ResourceDefinition definition, Kind kind, String namespace, ObjectValue document) {
        LabelSelector selector;
        try {
            selector = LabelSelector.ofObject(document);
        } catch (ApiException e) {
            throw new ConfigurationException(e.status().message());
        }
        ObjectStore store = stores.of(definition);
        List<Param> out = new ArrayList<>();
        for (StoredObject object : store.current(namespace)) {
            StoredObject.Header header = object.header();
            if (selector.matches(header.labels())) {
                out.add(new Param(header.namespace(), header.name(), seenAs(definition, kind, object)));
            }
        }
        return out;
    }

    private static ObjectValue seenAs(ResourceDefinition definition, Kind kind, StoredObject object) {
        VersionDefinition version = Objects.requireNonNull(definition.version(kind.version()));
        return version.identity() ? object.tree() : version.fromStorage().apply(object.tree());
    }
}
