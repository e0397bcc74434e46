// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A kind that an embedder brings, declared in Java: its names, its shape, and how it behaves when it is written. It is served
 * as kinds of a CustomResourceDefinition are, without there being such an object. Immutable.
 *
 * @param versions the first one is the one that is stored
 * @param strategy asked after the common rules for kinds with a schema; its {@code resetFields} and what it makes of status
 *     and generation are those of such kinds
 */
public record OwnKind(
        String group,
        String kind,
        String plural,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        List<Version> versions,
        Strategy strategy) {
    /** Copies the collections, and checks what must be there. */
    public OwnKind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        versions = List.copyOf(versions);
        if (group.indexOf('.') < 0) {
            throw new IllegalArgumentException("the group of an own kind has a dot, as domain names have: " + group);
        }
        if (versions.isEmpty()) {
            throw new IllegalArgumentException(kind + " has no version");
        }
    }

    /**
     * A version.
     *
     * @param schema its shape
     * @param status true where status is a subresource
     * @param columns columns of tables, as additionalPrinterColumns of a CustomResourceDefinition
     * @param toStored from this version's tree to that of the stored one; null where only the version's name differs
     * @param fromStored the other way round
     */
    public record Version(
            String name,
            OpenApiSchema schema,
            boolean status,
            List<ObjectValue> columns,
            @Nullable UnaryOperator<ObjectValue> toStored,
            @Nullable UnaryOperator<ObjectValue> fromStored) {
        /** Copies the list. */
        public Version {
            columns = List.copyOf(columns);
        }

        /** A version that differs from the others by its name only. */
        public static Version of(String name, OpenApiSchema schema) {
            return new Version(name, schema, false, List.of(), null, null);
        }

        /** This version with status as a subresource. */
        public Version withStatus() {
            return new Version(name, schema, true, columns, toStored, fromStored);
        }

        /** This version with one more column, read by a path such as {@code .spec.size}. */
        public Version withColumn(String title, String type, String jsonPath) {
            List<ObjectValue> more = new ArrayList<>(columns);
            more.add(ObjectValue.builder()
                    .put("name", title)
                    .put("type", type)
                    .put("jsonPath", jsonPath)
                    .build());
            return new Version(name, schema, status, more, toStored, fromStored);
        }

        /** This version with the ways to the stored one and back; apiVersion is set for them. */
        public Version converted(UnaryOperator<ObjectValue> to, UnaryOperator<ObjectValue> from) {
            return new Version(name, schema, status, columns, to, from);
        }
    }

    /** A namespaced kind with one version and the usual plural. */
    public static OwnKind of(String group, String kind, Version version) {
        return new OwnKind(
                group,
                kind,
                kind.toLowerCase(Locale.ROOT) + "s",
                List.of(),
                List.of(),
                true,
                List.of(version),
                Strategy.NONE);
    }

    /** This kind with another plural. */
    public OwnKind withPlural(String name) {
        return new OwnKind(group, kind, name, shortNames, categories, namespaced, versions, strategy);
    }

    /** This kind with short names. */
    public OwnKind withShortNames(String... names) {
        return new OwnKind(group, kind, plural, List.of(names), categories, namespaced, versions, strategy);
    }

    /** This kind as part of categories, such as {@code all}. */
    public OwnKind withCategories(String... names) {
        return new OwnKind(group, kind, plural, shortNames, List.of(names), namespaced, versions, strategy);
    }

    /** This kind outside of namespaces. */
    public OwnKind ofCluster() {
        return new OwnKind(group, kind, plural, shortNames, categories, false, versions, strategy);
    }

    /** This kind with one more version. */
    public OwnKind withVersion(Version version) {
        List<Version> more = new ArrayList<>(versions);
        more.add(version);
        return new OwnKind(group, kind, plural, shortNames, categories, namespaced, more, strategy);
    }

    /** This kind with a behaviour at writes. */
    public OwnKind withStrategy(Strategy behaviour) {
        return new OwnKind(group, kind, plural, shortNames, categories, namespaced, versions, behaviour);
    }

    /** The CustomResourceDefinition that would bring the same kind, with its names accepted. */
    public ObjectValue asDefinition() {
        ObjectValue names = ObjectValue.builder()
                .put("plural", plural)
                .put("singular", kind.toLowerCase(Locale.ROOT))
                .put("kind", kind)
                .put("listKind", kind + "List")
                .put("shortNames", ArrayValue.ofStrings(shortNames))
                .put("categories", ArrayValue.ofStrings(categories))
                .build();
        List<Value> all = new ArrayList<>();
        for (Version version : versions) {
            all.add(ObjectValue.builder()
                    .put("name", version.name)
                    .put("served", true)
                    .put("storage", version == versions.get(0))
                    .put("schema", ObjectValue.of("openAPIV3Schema", version.schema.tree()))
                    .put(
                            "subresources",
                            version.status ? ObjectValue.of("status", ObjectValue.EMPTY) : ObjectValue.EMPTY)
                    .put("additionalPrinterColumns", ArrayValue.of(new ArrayList<>(version.columns)))
                    .build());
        }
        return ObjectValue.builder()
                .put("metadata", ObjectValue.of("name", Value.of(plural + "." + group)))
                .put(
                        "spec",
                        ObjectValue.builder()
                                .put("group", group)
                                .put("scope", namespaced ? "Namespaced" : "Cluster")
                                .put("names", names)
                                .put("versions", ArrayValue.of(all))
                                .build())
                .put("status", ObjectValue.of("acceptedNames", names))
                .build();
    }
}
