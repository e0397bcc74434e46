// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.schema.ListKind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import java.util.List;

/**
 * The shapes of apidiscovery.k8s.io/v2, for protobuf only: the group is in no published document, so it is not among
 * the facts. Field numbers are those of the API's declarations.
 */
final class AggregatedSchema {
    private static final Schema TEXT = Schema.scalar(Shape.STRING);
    private static final Schema TEXTS = list(TEXT);
    private static final Schema KIND = Schema.object("meta.GroupVersionKind", false, false)
            .link(List.of(written("group", 1), written("version", 2), written("kind", 3)));

    private static final Schema SUBRESOURCE = object("APISubresourceDiscovery")
            .link(List.of(
                    field("subresource", TEXT, false, 1),
                    field("responseKind", KIND, true, 2),
                    field("acceptedTypes", list(KIND), false, 3),
                    field("verbs", TEXTS, false, 4)));
    private static final Schema RESOURCE = object("APIResourceDiscovery")
            .link(List.of(
                    field("resource", TEXT, false, 1),
                    field("responseKind", KIND, true, 2),
                    field("scope", TEXT, false, 3),
                    field("singularResource", TEXT, false, 4),
                    field("verbs", TEXTS, false, 5),
                    field("shortNames", TEXTS, false, 6),
                    field("categories", TEXTS, false, 7),
                    field("subresources", list(SUBRESOURCE), false, 8)));
    private static final Schema VERSION = object("APIVersionDiscovery")
            .link(List.of(
                    field("version", TEXT, false, 1),
                    field("resources", list(RESOURCE), false, 2),
                    field("freshness", TEXT, false, 3)));
    private static final Schema GROUP = object("APIGroupDiscovery")
            .link(List.of(
                    field("metadata", type("meta.ObjectMeta"), false, 1), field("versions", list(VERSION), false, 2)));

    /** The list of groups. */
    static final Schema LIST = object("APIGroupDiscoveryList")
            .link(List.of(field("metadata", type("meta.ListMeta"), false, 1), field("items", list(GROUP), false, 2)));

    private AggregatedSchema() {}

    private static Schema object(String name) {
        return Schema.object("api/apidiscovery/v2." + name, false, false);
    }

    private static Schema type(String name) {
        return SchemaFacts.builtin().type(name);
    }

    private static Schema list(Schema items) {
        return Schema.list(items, ListKind.ATOMIC, List.of());
    }

    private static SchemaField written(String name, int number) {
        return new SchemaField(name, TEXT, SchemaField.Omit.NEVER, false, false, null, List.of(), number, "", "");
    }

    private static SchemaField field(String name, Schema schema, boolean pointer, int number) {
        return new SchemaField(name, schema, SchemaField.Omit.EMPTY, pointer, false, null, List.of(), number, "", "");
    }
}
