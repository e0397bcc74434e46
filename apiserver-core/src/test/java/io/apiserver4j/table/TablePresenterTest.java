// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablePresenterTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final ObjectValue MAP = object(
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\","
                    + "\"resourceVersion\":\"7\",\"creationTimestamp\":\"2026-01-02T03:04:00Z\"},\"data\":{\"k\":\"v\"}}");

    @Test
    void aListHasItsOwnMetadataAndARowForEachObject() {
        ObjectValue table = configMaps(IncludeObject.METADATA)
                .list(List.of(MAP), object("{\"resourceVersion\":\"9\",\"continue\":\"c\",\"remainingItemCount\":4}"));
        assertThat(table.with("columnDefinitions", Value.nul()))
                .hasToString(
                        "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"resourceVersion\":\"9\","
                                + "\"continue\":\"c\",\"remainingItemCount\":4},\"columnDefinitions\":null,"
                                + "\"rows\":[{\"cells\":"
                                + "[\"a\",1,\"5s\"],\"object\":{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\","
                                + "\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\","
                                + "\"creationTimestamp\":\"2026-01-02T03:04:00Z\"}}}]}");
        assertThat(table.arrayOrEmpty("columnDefinitions")).hasSize(3);
    }

    @Test
    void rowsCarryWhatWasAskedFor() {
        assertThat(included(IncludeObject.NONE, MAP)).isEqualTo(Value.nul());
        assertThat(included(IncludeObject.OBJECT, MAP)).isEqualTo(MAP);
        assertThat(included(IncludeObject.METADATA, MAP)).isEqualTo(MetadataOnly.of(MAP, "v1"));
    }

    @Test
    void theOlderVersionOfTheGroupNamesItself() {
        TablePresenter presenter =
                new TablePresenter(ColumnSet.builtIn("", "v1", "configmaps"), IncludeObject.METADATA, "v1beta1", NOW);
        ObjectValue table = presenter.single(MAP);
        assertThat(table.getString("apiVersion")).isEqualTo("meta.k8s.io/v1beta1");
        assertThat(table.arrayOrEmpty("rows")
                        .objectAt(0)
                        .objectOrEmpty("object")
                        .getString("apiVersion"))
                .isEqualTo("meta.k8s.io/v1beta1");
    }

    @Test
    void oneObjectGivesItsResourceVersionToTheTable() {
        assertThat(configMaps(IncludeObject.NONE).single(MAP).objectOrEmpty("metadata"))
                .hasToString("{\"resourceVersion\":\"7\"}");
    }

    @Test
    void onlyTheFirstEventHasColumns() {
        TablePresenter presenter = configMaps(IncludeObject.NONE);
        assertThat(presenter.event(MAP, true).arrayOrEmpty("columnDefinitions")).hasSize(3);
        assertThat(presenter.event(MAP, false).get("columnDefinitions")).isEqualTo(Value.nul());
        assertThat(presenter.event(MAP, false).arrayOrEmpty("rows")).hasSize(1);
    }

    @Test
    void theBookmarkAfterInitialEventsKeepsItsAnnotation() {
        ObjectValue bookmark =
                object("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"8\","
                        + "\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}");
        ObjectValue event = configMaps(IncludeObject.NONE).event(bookmark, false);
        assertThat(event.arrayOrEmpty("rows").objectAt(0))
                .hasToString("{\"cells\":[\"\",0,\"<unknown>\"],\"object\":{\"kind\":\"PartialObjectMetadata\","
                                .replace("<", "\\u003c")
                                .replace(">", "\\u003e")
                        + "\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"resourceVersion\":\"8\","
                        + "\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}}");
    }

    @Test
    void emptyTablesOfPlainColumnsHaveNullRows() {
        assertThat(configMaps(IncludeObject.NONE)
                        .list(List.of(), ObjectValue.EMPTY)
                        .get("rows"))
                .isEqualTo(ArrayValue.EMPTY);
        TablePresenter roles = new TablePresenter(
                ColumnSet.builtIn("rbac.authorization.k8s.io", "v1", "roles"), IncludeObject.NONE, "v1", NOW);
        assertThat(roles.list(List.of(), ObjectValue.EMPTY).get("rows")).isEqualTo(Value.nul());
    }

    @Test
    void rowsOfFinishedPodsSaySo() {
        TablePresenter pods = new TablePresenter(ColumnSet.builtIn("", "v1", "pods"), IncludeObject.NONE, "v1", NOW);
        assertThat(pods.row(object("{\"status\":{\"phase\":\"Succeeded\"}}")).get("conditions"))
                .hasToString("[{\"type\":\"Completed\",\"status\":\"True\",\"reason\":\"Succeeded\","
                        + "\"message\":\"The pod has completed successfully.\"}]");
        assertThat(pods.row(object("{\"status\":{\"phase\":\"Failed\"}}")).get("conditions"))
                .hasToString("[{\"type\":\"Completed\",\"status\":\"True\",\"reason\":\"Failed\","
                        + "\"message\":\"The pod failed.\"}]");
        assertThat(pods.row(object("{\"status\":{\"phase\":\"Running\"}}")).has("conditions"))
                .isFalse();
    }

    @Test
    void ofSeveralDefaultStorageClassesOneIsShownAndOnlyInLists() {
        TablePresenter classes = new TablePresenter(
                ColumnSet.builtIn("storage.k8s.io", "v1", "storageclasses"), IncludeObject.NONE, "v1", NOW);
        ObjectValue plain = storageClass("plain", "2026-01-02T03:04:00Z", "");
        ObjectValue old = storageClass("a-old", "2026-01-01T00:00:00Z", "storageclass.kubernetes.io");
        ObjectValue newer = storageClass("z", "2026-01-02T00:00:00Z", "storageclass.beta.kubernetes.io");
        ObjectValue sameAge = storageClass("y", "2026-01-02T00:00:00Z", "storageclass.kubernetes.io");
        assertThat(classes.rows(List.of(plain, old, newer, sameAge)))
                .extracting(row -> row.arrayOrEmpty("cells").get(0).asString())
                .containsExactly("plain", "a-old", "z", "y (default)");
        assertThat(classes.rows(List.of(plain, old)))
                .extracting(row -> row.arrayOrEmpty("cells").get(0).asString())
                .containsExactly("plain", "a-old (default)");
        assertThat(classes.row(old).arrayOrEmpty("cells").get(0).asString()).isEqualTo("a-old");
    }

    @Test
    void flowSchemasStandInTheOrderTheyAreTried() {
        TablePresenter schemas = new TablePresenter(
                ColumnSet.builtIn("flowcontrol.apiserver.k8s.io", "v1", "flowschemas"), IncludeObject.NONE, "v1", NOW);
        assertThat(schemas.columns().needsWholeList()).isTrue();
        assertThat(schemas.rows(List.of(schema("c", 9000), schema("b", 20), schema("a", 9000))))
                .extracting(row -> row.arrayOrEmpty("cells").get(0).asString())
                .containsExactly("b", "a", "c");
    }

    @Test
    void theParameterHasThreeWordsOrNone() {
        assertThat(IncludeObject.parse(null)).isEqualTo(IncludeObject.METADATA);
        assertThat(IncludeObject.parse("")).isEqualTo(IncludeObject.METADATA);
        assertThat(IncludeObject.parse("Metadata")).isEqualTo(IncludeObject.METADATA);
        assertThat(IncludeObject.parse("None")).isEqualTo(IncludeObject.NONE);
        assertThat(IncludeObject.parse("Object")).isEqualTo(IncludeObject.OBJECT);
        assertThatThrownBy(() -> IncludeObject.parse("none"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status().code()).isEqualTo(400))
                .hasMessage("Unable to convert to Table as requested: includeObject: Invalid value: \"none\": "
                        + "must be 'Metadata', 'Object', 'None', or empty");
    }

    private static Value included(IncludeObject include, ObjectValue object) {
        Value included = configMaps(include).row(object).get("object");
        assertThat(included).isNotNull();
        return included;
    }

    private static TablePresenter configMaps(IncludeObject include) {
        return new TablePresenter(ColumnSet.builtIn("", "v1", "configmaps"), include, "v1", NOW);
    }

    private static ObjectValue storageClass(String name, String created, String marker) {
        ObjectValue metadata = object("{\"name\":\"" + name + "\",\"creationTimestamp\":\"" + created + "\"}");
        return ObjectValue.of(
                "metadata",
                marker.isEmpty()
                        ? metadata
                        : metadata.with("annotations", object("{\"" + marker + "/is-default-class\":\"true\"}")));
    }

    private static ObjectValue schema(String name, int precedence) {
        return object(
                "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"matchingPrecedence\":" + precedence + "}}");
    }

    private static ObjectValue object(String json) {
        return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
