// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.openapi.RemoteDocuments.RemoteDocument;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The documents of one catalog, each made when it is first asked for. Safe for use by several threads. */
final class Documents {
    private static final String ISSUER = ".well-known/openid-configuration";
    private static final String V2 = "v2";
    private static final String V2_PROTOBUF = "v2 protobuf";
    private static final String KEYS = "openid/v1/jwks";

    private final Catalog catalog;
    private final CustomSchemas customSchemas;
    private final String release;
    private final List<RemoteDocument> remotes;
    private final Map<String, byte[]> thirds = new HashMap<>();
    private final NavigableSet<String> names = new TreeSet<>();
    private final Fingerprint fingerprint;
    private final Map<String, byte[]> made = new ConcurrentHashMap<>();
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    Documents(Catalog catalog, CustomSchemas customSchemas, String release, List<RemoteDocument> remotes) {
        this.catalog = catalog;
        this.remotes = remotes;
        this.customSchemas = customSchemas;
        this.release = release;
        fingerprint = new Fingerprint(release, customSchemas);
        names.add(ISSUER);
        names.add(KEYS);
        names.add("version");
        names.add("api");
        names.add("apis");
        for (ResourceDefinition definition : catalog.definitions()) {
            String group = definition.group();
            if (!group.isEmpty() && !definition.custom()) {
                names.add("apis/" + group);
            }
            definition
                    .versions()
                    .forEach(version ->
                            names.add((group.isEmpty() ? "api/" : "apis/" + group + "/") + version.version()));
        }
        for (RemoteDocument remote : remotes) {
            byte[] third = remote.third();
            if (third != null && names.add(remote.name())) {
                hashes.put(remote.name(), remote.thirdHash());
                thirds.put(remote.name(), third);
            }
        }
    }

    /** True where these documents are made of the very same catalog and list. */
    @SuppressWarnings("ReferenceEquality") // both change by being replaced
    boolean isOf(Catalog other, List<RemoteDocument> others) {
        return catalog == other && remotes == others;
    }

    /** The names of the documents of version 3, sorted: paths without their first slash. */
    NavigableSet<String> names() {
        return Collections.unmodifiableNavigableSet(names);
    }

    /** The hash of a document of version 3; does not make it. */
    String hash(String name) {
        return hashes.computeIfAbsent(name, n -> fingerprint.of(n, groupVersion(n), catalog));
    }

    /** The hash of the document of version 2 in one of its forms; does not make it. */
    String v2Hash(boolean json) {
        String form = json ? V2 : V2_PROTOBUF;
        List<String> parts = new ArrayList<>();
        names.forEach(name -> parts.add(hash(name)));
        remotes.forEach(remote -> parts.add(remote.state()));
        parts.add(form);
        return hashes.computeIfAbsent(form, f -> fingerprint.of(parts));
    }

    /** A document of version 3, by one of the names. */
    byte[] v3(String name) {
        byte[] third = thirds.get(name);
        return third != null ? third : made.computeIfAbsent(name, this::make);
    }

    /** The document of version 2. */
    byte[] v2() {
        return made.computeIfAbsent(V2, n -> JsonWriter.toBytes(v2Document()));
    }

    /** The document of version 2 as a protobuf message. */
    byte[] v2Protobuf() {
        return made.computeIfAbsent(V2_PROTOBUF, n -> DocumentMessage.encode(v2Document()));
    }

    private ObjectValue v2Document() {
        List<GroupVersion> groupVersions = PublishedFacts.optionVersions();
        Definitions definitions =
                new Definitions(Dialect.V2, type -> Kinds.builtin().of(type, groupVersions));
        List<PathItem> items = new ArrayList<>();
        for (String name : names) {
            if (!thirds.containsKey(name)) {
                items.addAll(items(name, definitions));
            }
        }
        ObjectValue own = new V2Writer(release).document(items, definitions);
        return remotes.isEmpty() ? own : OpenApiMerge.merge(own, remotes);
    }

    private byte[] make(String name) {
        GroupVersion own = groupVersion(name);
        List<GroupVersion> shown = new ArrayList<>();
        shown.add(new GroupVersion("", "v1"));
        if (own != null && !shown.contains(own)) {
            shown.add(own);
        }
        Definitions definitions =
                new Definitions(Dialect.V3, type -> Kinds.builtin().of(type, shown));
        List<PathItem> items = items(name, definitions);
        return JsonWriter.toBytes(new V3Writer(release).document(items, definitions));
    }

    private List<PathItem> items(String name, Definitions definitions) {
        GroupVersion groupVersion = groupVersion(name);
        if (groupVersion != null) {
            return new Operations(groupVersion, definitions, customSchemas).all(catalog);
        }
        return List.of(
                switch (name) {
                    case ISSUER -> FixedOperations.issuer();
                    case KEYS -> FixedOperations.keys();
                    case "version" -> FixedOperations.version(definitions);
                    case "api" -> FixedOperations.core(definitions);
                    case "apis" -> FixedOperations.groups(definitions);
                    default -> FixedOperations.group(name.substring("apis/".length()), definitions);
                });
    }

    private static @Nullable GroupVersion groupVersion(String name) {
        String[] parts = name.split("/");
        if (parts.length == 2 && parts[0].equals("api")) {
            return new GroupVersion("", parts[1]);
        }
        return parts.length == 3 && parts[0].equals("apis") ? new GroupVersion(parts[1], parts[2]) : null;
    }
}
