// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of documents, made of what they are made of: so the index needs no document, and servers of one release that
 * serve the same give the same hashes.
 */
final class Fingerprint {
    private static final HashFunction FUNCTION = Hashing.sha256();

    private final String build;
    private final CustomSchemas customSchemas;

    Fingerprint(String release, CustomSchemas customSchemas) {
        String version = Fingerprint.class.getPackage().getImplementationVersion();
        this.build = release + "\n" + (version == null ? "" : version) + "\n";
        this.customSchemas = customSchemas;
    }

    /** The hash of a document that depends on nothing but a group version of a catalog, if on that. */
    String of(String name, @Nullable GroupVersion groupVersion, Catalog catalog) {
        Hasher hasher = FUNCTION.newHasher();
        text(build, hasher);
        text(name, hasher);
        if (groupVersion != null) {
            for (ResourceDefinition definition : catalog.definitions()) {
                VersionDefinition version = definition.version(groupVersion.version());
                if (definition.group().equals(groupVersion.group()) && version != null) {
                    add(definition, version, hasher);
                }
            }
        }
        return finished(hasher);
    }

    /** The hash of several hashes. */
    String of(Iterable<String> parts) {
        Hasher hasher = FUNCTION.newHasher();
        parts.forEach(part -> text(part, hasher));
        return finished(hasher);
    }

    private void add(ResourceDefinition definition, VersionDefinition version, Hasher hasher) {
        text(definition.plural(), hasher);
        text(definition.kind(), hasher);
        text(definition.listKind(), hasher);
        text(definition.namespaced() + " " + definition.verbs(), hasher);
        for (Subresource subresource : definition.subresources().values()) {
            text(subresource.name() + " " + subresource.kind() + " " + subresource.verbs(), hasher);
        }
        if (definition.custom()) {
            ObjectValue schema =
                    customSchemas.object(definition, version, new Definitions(Dialect.V3, type -> List.of()));
            hasher.putBytes(JsonWriter.toBytes(schema));
        }
    }

    private static void text(String text, Hasher hasher) {
        hasher.putString(text, StandardCharsets.UTF_8).putByte((byte) 0);
    }

    private static String finished(Hasher hasher) {
        return hasher.hash().toString().toUpperCase(Locale.ROOT);
    }
}
