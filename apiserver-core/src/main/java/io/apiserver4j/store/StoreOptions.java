// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.store.seal.Encryption;
import io.apiserver4j.store.seal.StorageForm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How objects are kept.
 *
 * @param root what all keys begin with, {@code /registry} by default; without trailing slash
 * @param expirySeconds how long objects live of those resources whose objects expire at all; 0 for what the resource says
 * @param others stores for single resources, by their names with group ({@code events}, {@code leases.coordination.k8s.io})
 * @param form how they lie in the store
 * @param defaulter fills what objects that others wrote leave to defaults, as kube-apiserver does at every read; null for
 *     nothing; of no consequence for the plain form
 * @param encryption keys by resources, or null where nothing is encrypted; of no consequence for the plain form
 */
public record StoreOptions(
        String root,
        long expirySeconds,
        Map<String, KeyValueStore> others,
        Form form,
        @Nullable Defaulter defaulter,
        @Nullable Encryption encryption) {
    /** How objects lie in the store. */
    public enum Form {
        /** As the bytes that are served, for a store of one's own: nothing is ever encoded twice. */
        PLAIN,
        /** As JSON, the way kube-apiserver writes it. */
        JSON,
        /** As protobuf, the way kube-apiserver writes it; objects of custom kinds as JSON. */
        PROTOBUF
    }

    /** Everything in one store, plain. */
    public static final StoreOptions STANDARD = new StoreOptions("/registry", 0, Map.of(), Form.PLAIN, null, null);

    /** The form of a resource, null for the plain one. */
    @Nullable
    StorageForm form(ResourceDefinition definition) {
        return form == Form.PLAIN ? null : new StorageForm(definition, form == Form.PROTOBUF, defaulter, encryption);
    }
}
