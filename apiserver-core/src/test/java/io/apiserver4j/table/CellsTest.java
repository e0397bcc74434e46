// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of all built-in resources: one resource file for each group, each line an object and its cells. */
class CellsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admissionregistration",
                "apiextensions",
                "apiregistration",
                "apps",
                "autoscaling",
                "batch",
                "certificates",
                "coordination",
                "core",
                "discovery",
                "events",
                "flowcontrol",
                "networking",
                "node",
                "policy",
                "rbac",
                "resource",
                "scheduling",
                "storage",
                "storagemigration"
            })
    void rowsHaveTheCellsOfTheRealServer(String file) throws IOException {
        ArrayValue entries = read(file);
        assertThat(entries).isNotEmpty();
        for (ObjectValue entry : entries.objects()) {
            String[] resource = entry.stringOrEmpty("resource").split("/");
            ColumnSet columns = resource.length == 2
                    ? ColumnSet.builtIn("", resource[0], resource[1])
                    : ColumnSet.builtIn(resource[0], resource[1], resource[2]);
            assertThat(columns.cells(entry.objectOrEmpty("object"), NOW))
                    .as("%s: %s", entry.stringOrEmpty("case"), entry.stringOrEmpty("resource"))
                    .isEqualTo(entry.arrayOrEmpty("cells"));
        }
    }

    private static ArrayValue read(String file) throws IOException {
        try (InputStream in = CellsTest.class.getResourceAsStream(file + ".json")) {
            assertThat(in).as(file).isNotNull();
            ArrayValue entries = JsonReader.read(in.readAllBytes()).asArray();
            return entries == null ? ArrayValue.EMPTY : entries;
        }
    }
}
