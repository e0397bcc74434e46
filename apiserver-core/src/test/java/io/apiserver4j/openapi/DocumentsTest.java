// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.SelectableFields;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compared with what the real server published; descriptions are our own, so they are left out on both sides. */
class DocumentsTest {
    private static final Documents BUILT_IN = documents(BuiltinCatalog.definitions(), CustomSchemaSource.NONE);

    private static Documents documents(List<ResourceDefinition> definitions, CustomSchemaSource source) {
        return new Documents(new Catalog(definitions), new CustomSchemas(source), "1.37", List.of());
    }

    private static ObjectValue recorded(String file) throws IOException {
        try (InputStream in = DocumentsTest.class.getResourceAsStream(file)) {
            return JsonReader.readObject(in.readAllBytes());
        }
    }

    /** Without descriptions, which are texts; fields of that name are objects. */
    private static Value bare(Value value) {
        ArrayValue array = value.asArray();
        if (array != null) {
            return array.map(DocumentsTest::bare);
        }
        ObjectValue object = value.asObject();
        if (object == null) {
            return value;
        }
        ObjectEditor out = ObjectValue.builder();
        for (ObjectValue.Member member : object) {
            if (!member.key().equals("description") || member.value().asString() == null) {
                out.put(member.key(), bare(member.value()));
            }
        }
        return out.build();
    }

    @ParameterizedTest
    @CsvSource({"apis/coordination.k8s.io/v1, coordination.k8s.io_v1.json", "apis/policy/v1, policy_v1.json"})
    void documentsAreThoseOfTheRealServer(String name, String file) throws IOException {
        assertThat(bare(JsonReader.read(BUILT_IN.v3(name)))).isEqualTo(recorded(file));
    }

    @Test
    void swaggerHasTheDefinitionsAndPathsOfTheRealServer() throws IOException {
        ObjectValue expected = recorded("v2.json");
        ObjectValue document = JsonReader.readObject(BUILT_IN.v2());
        for (String part : List.of("definitions", "paths")) {
            for (ObjectValue.Member member : expected.objectOrEmpty(part)) {
                ObjectValue ours = document.objectOrEmpty(part).objectOrEmpty(member.key());
                assertThat(bare(ours)).as(member.key()).isEqualTo(member.value());
            }
        }
        assertThat(document.objectOrEmpty("definitions").size()).isEqualTo(624);
        assertThat(document.objectOrEmpty("paths").size()).isEqualTo(432);
    }

    @Test
    void peopleAreToldWhatThingsAre() {
        ObjectValue schemas = JsonReader.readObject(BUILT_IN.v3("apis/apps/v1")).objectAt("components", "schemas");
        ObjectValue deployment = schemas.objectOrEmpty("io.k8s.api.apps.v1.Deployment");
        assertThat(deployment.stringOrEmpty("description")).startsWith("Keeps pods of a template running");
        assertThat(deployment.at("properties", "spec", "description")).hasToString("\"What is wanted.\"");
        ObjectValue reference = schemas.objectAt("io.k8s.api.core.v1.ObjectReference", "properties", "kind");
        assertThat(reference.has("description")).isFalse();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (String name : BUILT_IN.names()) {
            String text = new String(BUILT_IN.v3(name), StandardCharsets.UTF_8);
            ObjectValue schemas = JsonReader.readObject(BUILT_IN.v3(name))
                    .objectOrEmpty("components")
                    .objectOrEmpty("schemas");
            String mark = "\"#/components/schemas/";
            for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
                String target = text.substring(at + mark.length(), text.indexOf('"', at + 1));
                assertThat(schemas.has(target)).as(name + " " + target).isTrue();
            }
        }
    }

    @Test
    void customKindsShowTheSchemaTheyCameWith() {
        ObjectValue schema = JsonReader.readObject("""
            {"type":"object","properties":{"spec":{"type":"object","properties":{"x":{"type":"string"}}}}}\
            """.getBytes(StandardCharsets.UTF_8));
        Documents documents = documents(List.of(widgets()), (definition, version) -> schema);
        ObjectValue document = JsonReader.readObject(documents.v3("apis/stable.example.com/v1"));
        ObjectValue definition = document.objectAt("components", "schemas", "com.example.stable.v1.Widget");
        assertThat(definition.at("properties", "spec", "properties", "x", "type"))
                .isEqualTo(Value.of("string"));
        assertThat(definition.at("properties", "metadata", "allOf"))
                .hasToString("[{\"$ref\":\"#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\"}]");
        assertThat(definition.get("x-kubernetes-group-version-kind"))
                .hasToString("[{\"group\":\"stable.example.com\",\"kind\":\"Widget\",\"version\":\"v1\"}]");
        ObjectValue paths = document.objectOrEmpty("paths");
        String collection = "/apis/stable.example.com/v1/namespaces/{namespace}/widgets";
        assertThat(paths.at(collection, "post", "operationId"))
                .isEqualTo(Value.of("createStableExampleComV1NamespacedWidget"));
        assertThat(paths.objectAt(collection, "get", "responses", "200", "content")
                        .has("application/yaml"))
                .isTrue();
        assertThat(paths.objectAt(collection, "get", "responses", "200", "content")
                        .has("application/vnd.kubernetes.protobuf"))
                .isFalse();
        assertThat(documents.names()).doesNotContain("apis/stable.example.com");
    }

    @Test
    void swaggerSaysOfCustomKindsWhatItCan() {
        ObjectValue schema = JsonReader.readObject("""
            {"type":"object","required":["a","b"],"properties":{
            "a":{"type":"string","nullable":true,"maxLength":5},
            "b":{"type":"integer","default":3,"anyOf":[{"minimum":1}]},
            "c":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"d":{"type":"string"}}},
            "e":{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"spec":{"type":"object"}}}}}\
            """.getBytes(StandardCharsets.UTF_8));
        Documents documents = documents(List.of(widgets()), (definition, version) -> schema);
        ObjectValue shown =
                JsonReader.readObject(documents.v2()).objectAt("definitions", "com.example.stable.v1.Widget");
        ObjectValue properties = shown.objectOrEmpty("properties");
        assertThat(shown.get("required")).hasToString("[\"b\"]");
        assertThat(properties.get("a")).hasToString("{\"maxLength\":5}");
        assertThat(properties.get("b")).hasToString("{\"type\":\"integer\"}");
        assertThat(properties.get("c"))
                .hasToString("{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}");
        assertThat(properties.at("e", "properties", "metadata", "$ref"))
                .hasToString("\"#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\"");
    }

    @Test
    void kindsWithoutSchemaShowNoMembers() {
        for (ObjectValue schema : new ObjectValue[] {
            null,
            JsonReader.readObject("{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}"
                    .getBytes(StandardCharsets.UTF_8))
        }) {
            Documents documents = documents(List.of(widgets()), (definition, version) -> schema);
            assertThat(JsonReader.readObject(documents.v2()).at("definitions", "com.example.stable.v1.Widget"))
                    .hasToString("{\"type\":\"object\",\"x-kubernetes-group-version-kind\":"
                            + "[{\"group\":\"stable.example.com\",\"kind\":\"Widget\",\"version\":\"v1\"}]}");
        }
    }

    private static ResourceDefinition widgets() {
        Kind kind = new Kind("stable.example.com", "v1", "Widget");
        return new ResourceDefinition(
                "stable.example.com",
                "widgets",
                "widget",
                "Widget",
                "WidgetList",
                List.of(),
                List.of(),
                true,
                List.of(VersionDefinition.stored(
                        kind, () -> Schema.object("", false, true).link(List.of()))),
                EnumSet.range(Verb.GET, Verb.DELETECOLLECTION),
                Map.of(),
                Strategy.NONE,
                SelectableFields.NONE,
                new ResourceDefinition.StorageLocation(
                        "/registry/stable.example.com/widgets", "stable.example.com", "v1", 0),
                true);
    }
}
