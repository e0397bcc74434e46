// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonPath;
import io.apiserver4j.value.JsonPathException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that custom resource definitions describe: a path into the object, and a type for what is found there.
 */
final class CustomColumns {
    private CustomColumns() {}

    static ColumnSet of(ArrayValue additionalPrinterColumns) {
        ArrayValue described = additionalPrinterColumns.isEmpty() ? ArrayValue.of(age()) : additionalPrinterColumns;
        List<TableColumn> columns = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        columns.add(new TableColumn("Name", "string", "name", ColumnFacts.get().text("name"), 0));
        cells.add(ColumnFunctions.find("name"));
        for (ObjectValue column : described.objects()) {
            String path = column.stringOrEmpty("jsonPath");
            String type = column.stringOrEmpty("type");
            JsonPath compiled;
            try {
                compiled = JsonPath.parse(path);
            } catch (JsonPathException unreadable) {
                break; // the columns before it are served, as the real server does
            }
            String description = column.stringOrEmpty("description");
            columns.add(new TableColumn(
                    column.stringOrEmpty("name"),
                    type,
                    column.stringOrEmpty("format"),
                    description.isEmpty()
                            ? "Custom resource definition column (in JSONPath format): " + path
                            : description,
                    column.longOr("priority", 0)));
            cells.add(row -> cell(row, type, compiled));
        }
        return new ColumnSet(columns, cells, ColumnSet.ListRules.NONE);
    }

    static ColumnSet scale() {
        return of(ArrayValue.of(
                column("Desired", "integer", ".spec.replicas", "Number of desired replicas"),
                column("Available", "integer", ".status.replicas", "Number of actual replicas"),
                age()));
    }

    private static ObjectValue age() {
        return column(
                "Age", "date", ".metadata.creationTimestamp", ColumnFacts.get().text("created"));
    }

    private static ObjectValue column(String name, String type, String path, String description) {
        return ObjectValue.builder()
                .put("name", name)
                .put("type", type)
                .put("jsonPath", path)
                .put("description", description)
                .build();
    }

    private static Value cell(Row row, String type, JsonPath path) {
        Value found = path.first(row.object());
        return found == null ? Value.nul() : CellTypes.cell(type, found, row.now());
    }
}
