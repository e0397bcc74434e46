// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.apiserver4j.admission.AdmissionChain;
import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.PluginOrder;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store with some objects and the plugins over it, each asked alone. */
public final class PluginHouse implements AutoCloseable {
    private final MemoryStore memory = MemoryStore.builder().build();
    private final Stores stores = new Stores(memory);
    private final LiveCatalog catalog = new LiveCatalog(new Catalog(BuiltinCatalog.definitions()));
    private final Map<String, Object> plugins;
    private CallNotes notes = new CallNotes();

    /** The plugins without configuration. */
    public PluginHouse() {
        this(PluginSettings.STANDARD, attributes -> Decision.noOpinion(""), InstantSource.system());
    }

    /** The plugins with settings, for callers that an authorizer knows. */
    public PluginHouse(PluginSettings settings, Authorizer authorizer, InstantSource clock) {
        plugins = plugins(stores, catalog, settings, authorizer, clock);
    }

    /** All plugins over these stores, for a server that cannot be written to. */
    static Map<String, Object> plugins(Stores stores, LiveCatalog catalog) {
        return plugins(
                stores, catalog, PluginSettings.STANDARD, attributes -> Decision.noOpinion(""), InstantSource.system());
    }

    private static Map<String, Object> plugins(
            Stores stores, LiveCatalog catalog, PluginSettings settings, Authorizer authorizer, InstantSource clock) {
        PluginParts parts = new PluginParts(stores, catalog, new Random(1), clock, authorizer, request -> {
            throw new IllegalStateException(request.toString());
        });
        return BuiltinPlugins.all(parts, settings);
    }

    /** Reads JSON written with single quotes. */
    public static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private ResourceDefinition definition(String resource) {
        return Objects.requireNonNull(catalog.current().find(resource), resource);
    }

    /** Keeps an object as it is. */
    public void keep(String resource, String object) {
        stores.of(definition(resource)).create(json(object));
    }

    /** What the last request noted. */
    public CallNotes notes() {
        return notes;
    }

    /** A chain of one plugin alone. */
    public AdmissionChain only(String name) {
        Set<String> others = new HashSet<>(PluginOrder.ALL);
        others.remove(name);
        return PluginOrder.chain(plugins, Set.of(name), others);
    }

    /** A request; the resource may name a subresource behind a slash. */
    public AdmissionRequest request(
            Operation operation,
            String resource,
            String namespace,
            @Nullable ObjectValue object,
            @Nullable ObjectValue old) {
        ObjectValue named = object != null ? object : Objects.requireNonNull(old);
        int slash = resource.indexOf('/');
        ResourceDefinition definition = definition(slash < 0 ? resource : resource.substring(0, slash));
        notes = new CallNotes();
        VersionDefinition version = definition.versions().get(0);
        String subresource = slash < 0 ? "" : resource.substring(slash + 1);
        Subresource known = subresource.isEmpty() ? null : definition.subresource(version, subresource);
        return new AdmissionRequest(
                operation,
                definition,
                version.version(),
                known == null ? version.kind() : known.kind(),
                subresource,
                namespace,
                named.objectOrEmpty("metadata").stringOrEmpty("name"),
                object,
                old,
                ObjectValue.EMPTY,
                Identity.of("test"),
                false,
                notes);
    }

    /** What a plugin makes of a request. */
    public ObjectValue passed(String plugin, AdmissionRequest request) {
        AdmissionChain chain = only(plugin);
        ObjectValue out = chain.mutate(request);
        chain.validate(request.withObject(out));
        return out;
    }

    /** What a plugin makes of a new object. */
    public ObjectValue created(String plugin, String resource, String namespace, String object) {
        return passed(plugin, request(Operation.CREATE, resource, namespace, json(object), null));
    }

    /** What a plugin makes of a changed object. */
    public ObjectValue updated(String plugin, String resource, String namespace, String object, String old) {
        return passed(plugin, request(Operation.UPDATE, resource, namespace, json(object), json(old)));
    }

    /** The message with which a plugin refuses. */
    public static String refused(Runnable attempt) {
        Throwable failure = catchThrowable(attempt::run);
        assertThat(failure).isInstanceOf(ApiException.class);
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        stores.close();
        memory.close();
    }
}
