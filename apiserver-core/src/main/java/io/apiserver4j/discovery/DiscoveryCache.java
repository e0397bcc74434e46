// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import com.google.common.hash.Hashing;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.discovery.RemoteGroups.RemoteVersion;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The documents of one catalog, as far as somebody asked for them. Safe for use by several threads. */
final class DiscoveryCache {
    private final Catalog catalog;
    private final List<RemoteVersion> remotes;
    private final Groups groups;
    private final LegacyDocuments legacy;
    private final Map<BodyKey, byte[]> bodies = new ConcurrentHashMap<>();
    private final Map<Boolean, Aggregated> aggregated = new ConcurrentHashMap<>(2);

    private record BodyKey(String path, OutputFormat format) {}

    /**
     * An aggregated document.
     *
     * @param etag quoted, as the header has it
     */
    record Aggregated(ObjectValue document, String etag) {
        static Aggregated of(ObjectValue document) {
            String hash =
                    Hashing.sha512().hashBytes(JsonWriter.toBytes(document)).toString();
            return new Aggregated(document, '"' + hash.toUpperCase(Locale.ROOT) + '"');
        }
    }

    DiscoveryCache(Catalog catalog, List<RemoteVersion> remotes) {
        this.catalog = catalog;
        this.remotes = remotes;
        this.groups = new Groups(catalog, remotes);
        this.legacy = new LegacyDocuments(catalog, groups);
    }

    /** True where these documents are made of the very same catalog and list. */
    @SuppressWarnings("ReferenceEquality") // both change by being replaced
    boolean isOf(Catalog other, List<RemoteVersion> others) {
        return catalog == other && remotes == others;
    }

    Catalog catalog() {
        return catalog;
    }

    LegacyDocuments legacy() {
        return legacy;
    }

    /** The aggregated document of the core, or of all other groups. */
    Aggregated aggregated(boolean core) {
        return aggregated.computeIfAbsent(core, c -> {
            AggregatedDocuments documents = new AggregatedDocuments(catalog, groups);
            return Aggregated.of(c ? documents.core() : documents.named());
        });
    }

    /** The bytes of a document, encoded once per format. */
    byte[] body(String path, OutputFormat format, Function<OutputFormat, byte[]> encode) {
        return bodies.computeIfAbsent(new BodyKey(path, format), key -> encode.apply(key.format()));
    }
}
