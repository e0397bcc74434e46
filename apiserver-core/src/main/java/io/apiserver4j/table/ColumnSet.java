// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of one resource and how their cells are made. */
public final class ColumnSet {
    private final List<TableColumn> columns;
    private final List<Cell> cells;
    private final ListRules rules;

    /**
     * What a resource has besides columns.
     *
     * @param order the order of rows, where it is not the list's own
     * @param wholeList true where cells look at the other objects of the list
     * @param conditions true where rows say that an object is done with
     * @param emptyIsNull true where a table without rows has null for them
     */
    record ListRules(
            @Nullable Comparator<ObjectValue> order, boolean wholeList, boolean conditions, boolean emptyIsNull) {
        static final ListRules NONE = new ListRules(null, false, false, false);
    }

    ColumnSet(List<TableColumn> columns, List<Cell> cells, ListRules rules) {
        this.columns = List.copyOf(columns);
        this.cells = List.copyOf(cells);
        this.rules = rules;
    }

    /**
     * The columns of a built-in resource. A version that the facts do not know has the columns of the known one, a
     * resource that they do not know has name and time of creation.
     */
    public static ColumnSet builtIn(String group, String version, String resource) {
        return ColumnFacts.get().find(group, version, resource);
    }

    /** The columns of the scale subresource of built-in resources. */
    public static ColumnSet scale() {
        return builtIn("autoscaling", "v1", "scale");
    }

    /**
     * The columns of a version of a custom resource: {@code additionalPrinterColumns}, or its age where there are
     * none.
     */
    public static ColumnSet custom(ArrayValue additionalPrinterColumns) {
        return CustomColumns.of(additionalPrinterColumns);
    }

    /** The columns of the scale subresource of custom resources. */
    public static ColumnSet customScale() {
        return CustomColumns.scale();
    }

    /** The heads of the columns, in order. */
    public List<TableColumn> columns() {
        return columns;
    }

    /** The cells of one object, one for each column. The object is in the version that the request asks for. */
    public ArrayValue cells(ObjectValue object, Instant now) {
        return cells(object, now, List.of());
    }

    /** True where {@link TablePresenter#rows} must be given all objects at once: rows depend on each other. */
    public boolean needsWholeList() {
        return rules.wholeList();
    }

    ListRules rules() {
        return rules;
    }

    ArrayValue cells(ObjectValue object, Instant now, List<ObjectValue> list) {
        Row row = new Row(object, now, list);
        List<Value> out = new ArrayList<>(cells.size());
        for (Cell cell : cells) {
            out.add(cell.of(row));
        }
        return ArrayValue.of(out);
    }
}
