// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomColumnsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string  | \"a\"                    | \"a\"",
                "string  | 5                        | \"5\"",
                "string  | 2.5                      | \"2.5\"",
                "string  | 1000000.5                | \"1.0000005e+06\"",
                "string  | 0.00001                  | \"1e-05\"",
                "string  | 0.0001                   | \"0.0001\"",
                "string  | true                     | \"true\"",
                "string  | [\"p\",{\"b\":1,\"a\":2}]  | \"[\\\"p\\\",{\\\"a\\\":2,\\\"b\\\":1}]\"",
                "string  | null                     | \"\\u003cno value\\u003e\"",
                "integer | 5                        | 5",
                "integer | 5.9                      | 5",
                "integer | \"5\"                    | null",
                "integer | null                     | null",
                "number  | 5                        | 5",
                "number  | 5.25                     | 5.25",
                "number  | true                     | null",
                "boolean | false                    | false",
                "boolean | \"true\"                 | null",
                "date    | \"2026-01-02T03:04:00Z\" | \"5s\"",
                "date    | \"tomorrow\"             | \"\\u003cinvalid\\u003e\"",
                "date    | \"\"                     | \"\\u003cunknown\\u003e\"",
                "date    | 5                        | null",
                "colour  | 5                        | null",
            })
    void cellsAreOfTheColumnsType(String type, String value, String cell) {
        ColumnSet columns =
                ColumnSet.custom(array("[{\"name\":\"C\",\"type\":\"" + type + "\",\"jsonPath\":\".spec.x\"}]"));
        ObjectValue object = object("{\"metadata\":{\"name\":\"n\"},\"spec\":{\"x\":" + value + "}}");
        assertThat(columns.cells(object, NOW)).hasToString("[\"n\"," + cell + "]");
    }

    @Test
    void theFirstOfSeveralResultsIsShownAndNoneIsNull() {
        ColumnSet columns = ColumnSet.custom(array("[{\"name\":\"A\",\"type\":\"string\",\"jsonPath\":\".l[*]\"},"
                + "{\"name\":\"B\",\"type\":\"string\",\"jsonPath\":\".l[7]\"},"
                + "{\"name\":\"C\",\"type\":\"string\","
                + "\"jsonPath\":\".status.conditions[?(@.type==\\\"Ready\\\")].status\"}]"));
        ObjectValue object =
                object("{\"l\":[\"p\",\"q\"],\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
        assertThat(columns.cells(object, NOW)).hasToString("[\"\",\"p\",null,\"True\"]");
        assertThat(columns.cells(ObjectValue.EMPTY, NOW)).hasToString("[\"\",null,null,null]");
    }

    @Test
    void headsAreThoseOfTheDefinition() {
        ColumnSet columns = ColumnSet.custom(
                array("[{\"name\":\"N\",\"type\":\"integer\",\"format\":\"int32\",\"priority\":1,\"description\":\"the"
                        + " n\",\"jsonPath\":\".n\"},{\"name\":\"A\",\"type\":\"string\",\"jsonPath\":\".a\"}]"));
        assertThat(columns.columns().subList(1, 3))
                .containsExactly(
                        new TableColumn("N", "integer", "int32", "the n", 1),
                        new TableColumn(
                                "A", "string", "", "Custom resource definition column (in JSONPath format): .a", 0));
    }

    @Test
    void withoutColumnsTheAgeIsShown() {
        ColumnSet columns = ColumnSet.custom(ArrayValue.EMPTY);
        assertThat(columns.columns()).extracting(TableColumn::name).containsExactly("Name", "Age");
        assertThat(columns.columns()).extracting(TableColumn::type).containsExactly("string", "date");
        ObjectValue object = object("{\"metadata\":{\"name\":\"n\",\"creationTimestamp\":\"2026-01-02T03:04:00Z\"}}");
        assertThat(columns.cells(object, NOW)).hasToString("[\"n\",\"5s\"]");
    }

    @Test
    void aPathThatCannotBeReadEndsTheColumns() {
        ColumnSet columns = ColumnSet.custom(array("[{\"name\":\"A\",\"type\":\"string\",\"jsonPath\":\".a\"},"
                + "{\"name\":\"B\",\"type\":\"string\",\"jsonPath\":\".b[\"},"
                + "{\"name\":\"C\",\"type\":\"string\",\"jsonPath\":\".c\"}]"));
        assertThat(columns.columns()).extracting(TableColumn::name).containsExactly("Name", "A");
    }

    @Test
    void scaleOfCustomResources() {
        ObjectValue scale =
                object("{\"metadata\":{\"name\":\"n\"},\"spec\":{\"replicas\":3},\"status\":{\"replicas\":1}}");
        assertThat(ColumnSet.customScale().columns())
                .extracting(TableColumn::name)
                .containsExactly("Name", "Desired", "Available", "Age");
        assertThat(ColumnSet.customScale().cells(scale, NOW)).hasToString("[\"n\",3,1,null]");
    }

    private static ArrayValue array(String json) {
        return object("{\"a\":" + json + "}").arrayOrEmpty("a");
    }

    private static ObjectValue object(String json) {
        return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
