// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ColumnFactsTest {
    private static final Map<String, ColumnSet> ALL =
            new TreeMap<>(ColumnFacts.get().all());

    @Test
    void everyResourceHasNamedTypedAndDescribedColumns() {
        assertThat(ALL).hasSizeGreaterThan(60);
        ALL.forEach((resource, columns) -> assertThat(columns.columns())
                .as(resource)
                .allSatisfy(column -> {
                    assertThat(column.name()).isNotEmpty();
                    assertThat(column.type()).isIn("string", "integer", "boolean", "date");
                    assertThat(column.description()).isNotEmpty().doesNotStartWith("@");
                })
                .extracting(TableColumn::name)
                .contains("Name")
                .doesNotHaveDuplicates());
    }

    /** Bookmarks are rows of an object with nothing but a resourceVersion, and wrong types must not stop a list. */
    @Test
    void everyRowCanBeMadeOfAlmostNothing() {
        ObjectValue empty = object("{\"kind\":\"X\",\"metadata\":{}}");
        ObjectValue odd = object("{\"metadata\":[],\"spec\":\"s\",\"status\":[1],\"data\":7,\"webhooks\":{}}");
        ALL.forEach((resource, columns) -> {
            assertThat(columns.cells(empty, Instant.EPOCH))
                    .as(resource)
                    .hasSize(columns.columns().size());
            assertThat(columns.cells(odd, Instant.EPOCH))
                    .as(resource)
                    .hasSize(columns.columns().size());
        });
    }

    @Test
    void anUnknownVersionHasTheColumnsOfTheKnownOne() {
        assertThat(ColumnSet.builtIn("apps", "v1beta9", "deployments").columns())
                .isEqualTo(ColumnSet.builtIn("apps", "v1", "deployments").columns());
    }

    @Test
    void anUnknownResourceHasNameAndTimeOfCreation() {
        ColumnSet columns = ColumnSet.builtIn("g.io", "v1", "things");
        assertThat(columns.columns()).extracting(TableColumn::name).containsExactly("Name", "Created At");
        assertThat(columns.columns()).extracting(TableColumn::type).containsExactly("string", "date");
        ObjectValue object = object("{\"metadata\":{\"name\":\"a\",\"creationTimestamp\":\"2026-01-02T03:04:05Z\"}}");
        assertThat(columns.cells(object, Instant.EPOCH)).hasToString("[\"a\",\"2026-01-02T03:04:05Z\"]");
    }

    @Test
    void scaleHasItsOwnColumns() {
        assertThat(ColumnSet.scale().columns())
                .extracting(TableColumn::name)
                .containsExactly("Name", "Desired", "Available", "Age");
    }

    @Test
    void aFactThatNamesNoCellIsRefused() {
        assertThatThrownBy(() -> ColumnFunctions.find("pod.colour")).hasMessage("no such cell: pod.colour");
        assertThatThrownBy(() -> ColumnFunctions.find("paint .spec.x")).hasMessage("no such cell: paint .spec.x");
        assertThatThrownBy(() -> ColumnFunctions.find("text spec.x")).hasMessage("not a path: spec.x");
    }

    @Test
    void fieldsAreShownInTheFormOfTheFact() {
        ObjectValue object =
                object("{\"s\":\"x\",\"e\":\"\",\"n\":5,\"t\":true,\"l\":[\"a\",\"b\"],\"m\":{\"k\":\"v\"},"
                        + "\"z\":null,\"q\":\"1000m\",\"d\":{\"s\":\"deep\"}}");
        Map<String, String> cells = Map.ofEntries(
                Map.entry("text .s", "\"x\""),
                Map.entry("text .d.s", "\"deep\""),
                Map.entry("text .n", "\"5\""),
                Map.entry("text .none", "\"\""),
                Map.entry("text .e else -", "\"\""),
                Map.entry("text .e or -", "\"-\""),
                Map.entry("text .z else two words", "\"two words\""),
                Map.entry("int .n", "5"),
                Map.entry("int .none", "0"),
                Map.entry("int .none else <none>", "\"<none>\""),
                Map.entry("bool .t", "true"),
                Map.entry("bool .none", "false"),
                Map.entry("bool .none else true", "true"),
                Map.entry("truth .t", "\"True\""),
                Map.entry("truth .none else <unset>", "\"<unset>\""),
                Map.entry("quantity .q", "\"1\""),
                Map.entry("quantity .none", "\"0\""),
                Map.entry("join .l", "\"a,b\""),
                Map.entry("join .none or -", "\"-\""),
                Map.entry("count .l .m .none", "3"),
                Map.entry("ratio .n .none", "\"5/0\""),
                Map.entry("labels .m", "\"k=v\""),
                Map.entry("since .none", "\"<unknown>\""),
                Map.entry("since .none else", "\"\""));
        cells.forEach((fact, cell) -> assertThat(
                        ColumnFunctions.find(fact).of(new Row(object, Instant.EPOCH, List.of())))
                .as(fact)
                .hasToString(cell.replace("<", "\\u003c").replace(">", "\\u003e")));
    }

    @Test
    void columnsOfConfigMapsAreThoseThatClientsKnow() {
        ArrayValue heads = ArrayValue.of(ColumnSet.builtIn("", "v1", "configmaps").columns().stream()
                .map(column -> column.toTree().without("description"))
                .toList());
        assertThat(heads)
                .hasToString("[{\"name\":\"Name\",\"type\":\"string\",\"format\":\"name\",\"priority\":0},"
                        + "{\"name\":\"Data\",\"type\":\"string\",\"format\":\"\",\"priority\":0},"
                        + "{\"name\":\"Age\",\"type\":\"string\",\"format\":\"\",\"priority\":0}]");
    }

    private static ObjectValue object(String json) {
        return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
