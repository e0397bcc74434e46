// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.ownership.FieldManager;
import io.apiserver4j.ownership.ObjectVersions;
import io.apiserver4j.ownership.ResetFields;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.StoredForm;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects that every server has, of kinds with one version, just as they would be made through the door, but without
 * encoding, admission and validation: there are some two hundred of them, and a server in a test is to start within
 * milliseconds. Not safe for use by several threads.
 */
public final class BootstrapWriter {
    private final Catalog catalog;
    private final Stores stores;
    private final InstantSource clock;
    private final Map<String, FieldManager> managers = new HashMap<>();

    /** A writer into the stores of a server. */
    public BootstrapWriter(Catalog catalog, Stores stores, InstantSource clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.clock = clock;
    }

    private ResourceDefinition definition(String groupResource) {
        ResourceDefinition found = catalog.find(groupResource);
        if (found == null) {
            throw new IllegalStateException("nothing serves " + groupResource);
        }
        return found;
    }

    /** The objects of a resource. */
    ObjectStore store(String groupResource) {
        return stores.of(definition(groupResource));
    }

    /** The object of a name, or null. */
    @Nullable
    StoredObject find(String groupResource, String namespace, String name) {
        return store(groupResource).get(namespace, name);
    }

    /** Makes an object; does nothing where somebody else made it meanwhile. */
    void create(String groupResource, ObjectValue object, String manager) {
        create(groupResource, object, manager, null, "");
    }

    /**
     * Makes an object with a status.
     *
     * @param status what {@code statusManager} applies to the status at once, or null
     */
    void create(
            String groupResource,
            ObjectValue object,
            String manager,
            @Nullable ObjectValue status,
            String statusManager) {
        ResourceDefinition definition = definition(groupResource);
        VersionDefinition version = definition.versions().get(0);
        Instant now = clock.instant();
        ObjectValue typed = TypedReader.read(version.schema(), named(object, version.kind()), new DecodeFindings());
        ObjectValue filled = typed.update("metadata", metadata -> {
            ObjectValue out = MetadataOrder.put(
                    metadata, "uid", Value.of(UUID.randomUUID().toString()));
            return MetadataOrder.put(out, "creationTimestamp", Value.of(Timestamp.format(now)));
        });
        ObjectValue owned = manager(definition, "").afterUpdate(null, filled, manager, now);
        StrategyContext context = new StrategyContext(definition, version, "", Identity.LOOPBACK, now, false);
        ObjectValue made = definition.strategy().prepareForCreate(owned, context);
        if (status != null) {
            ObjectValue name = object.objectOrEmpty("metadata");
            ObjectValue applied = named(ObjectValue.of("metadata", name(name), "status", status), version.kind());
            ObjectValue merged = manager(definition, "status")
                    .apply(made, applied, statusManager, true, now)
                    .object();
            made = TypedReader.read(version.schema(), merged, new DecodeFindings());
        }
        try {
            stores.of(definition)
                    .create(StoredForm.of(
                            version.schema(), definition.strategy().canonicalize(made)));
        } catch (ApiException e) {
            if (!e.status().reason().equals("AlreadyExists")) {
                throw e;
            }
        }
    }

    private static ObjectValue name(ObjectValue metadata) {
        return ObjectValue.of("name", Value.of(metadata.stringOrEmpty("name")));
    }

    private static ObjectValue named(ObjectValue object, Kind kind) {
        return object.with("kind", kind.kind()).with("apiVersion", kind.apiVersion());
    }

    private FieldManager manager(ResourceDefinition definition, String subresource) {
        return managers.computeIfAbsent(definition.groupResource() + "/" + subresource, key -> {
            VersionDefinition version = definition.versions().get(0);
            return new FieldManager(
                    version.kind(),
                    version.schema(),
                    subresource,
                    ResetFields.of(definition.strategy().resetFields(subresource)),
                    false,
                    ObjectVersions.NONE);
        });
    }
}
