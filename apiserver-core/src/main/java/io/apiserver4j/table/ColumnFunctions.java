// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.Value;

/** The computed cells by the names that column facts use; one class for each group of kinds adds its own. */
final class ColumnFunctions {
    private static final CellRegistry CELLS = collect();

    private ColumnFunctions() {}

    /**
     * The cell that a column fact names or describes.
     *
     * @throws IllegalArgumentException where there is none
     */
    static Cell find(String fact) {
        Cell named = CELLS.find(fact);
        Cell cell = named == null ? FieldCells.parse(fact) : named;
        if (cell == null) {
            throw new IllegalArgumentException("no such cell: " + fact);
        }
        return cell;
    }

    private static CellRegistry collect() {
        CellRegistry cells = new CellRegistry();
        cells.cell("name", row -> Value.of(row.meta().name()));
        cells.text("age", row -> HumanForms.since(row.meta().creationTimestamp(), row.now()));
        cells.text("created", row -> HumanForms.utc(row.meta().creationTimestamp()));
        PodColumns.addTo(cells);
        NodeColumns.addTo(cells);
        ServiceColumns.addTo(cells);
        VolumeColumns.addTo(cells);
        EventColumns.addTo(cells);
        CoreColumns.addTo(cells);
        WorkloadColumns.addTo(cells);
        AutoscalerColumns.addTo(cells);
        NetworkColumns.addTo(cells);
        AccessColumns.addTo(cells);
        ExtensionColumns.addTo(cells);
        return cells;
    }
}
