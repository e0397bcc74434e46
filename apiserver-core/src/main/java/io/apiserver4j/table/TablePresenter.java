// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the tables of one answer. A table is a document of kind {@code Table}: its columns, and a row of cells for each
 * object. Objects are given whole, with {@code kind} and {@code apiVersion}, in the version that the request asks for.
 *
 * @param columns the columns of the resource
 * @param include what rows carry of their objects
 * @param version of the group {@code meta.k8s.io}: v1 or v1beta1
 * @param now the time that ages are counted to
 */
public record TablePresenter(ColumnSet columns, IncludeObject include, String version, Instant now) {
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    /** The table of a list. */
    public ObjectValue list(List<ObjectValue> objects, ObjectValue listMetadata) {
        List<ObjectValue> rows = rows(objects);
        Value array = rows.isEmpty() && columns.rules().emptyIsNull() ? Value.nul() : ArrayValue.of(rows);
        return table(listMetadata, columnDefinitions(), array);
    }

    /** The table of one object, as answers to get, create and update have it. */
    public ObjectValue single(ObjectValue object) {
        return table(metadataOf(object), columnDefinitions(), ArrayValue.of(row(object)));
    }

    /** The table of one watch event: only the first event of a stream has columns. */
    public ObjectValue event(ObjectValue object, boolean first) {
        return table(metadataOf(object), first ? columnDefinitions() : Value.nul(), ArrayValue.of(row(object)));
    }

    /**
     * Everything of a list's table but its rows, for those who write rows one after the other; not for column sets
     * that need the whole list.
     */
    public ObjectValue head(ObjectValue listMetadata) {
        return table(listMetadata, columnDefinitions(), ArrayValue.EMPTY);
    }

    /** The rows of a whole list, in the order of the table. */
    public List<ObjectValue> rows(List<ObjectValue> objects) {
        List<ObjectValue> ordered = objects;
        if (columns.rules().order() != null) {
            ordered = new ArrayList<>(objects);
            ordered.sort(columns.rules().order());
        }
        List<ObjectValue> list = columns.needsWholeList() ? ordered : List.of();
        List<ObjectValue> rows = new ArrayList<>(ordered.size());
        for (ObjectValue object : ordered) {
            rows.add(row(object, columns.cells(object, now, list)));
        }
        return rows;
    }

    /** The row of one object that stands alone, or whose row does not depend on others. */
    public ObjectValue row(ObjectValue object) {
        return row(object, columns.cells(object, now));
    }

    private ObjectValue row(ObjectValue object, ArrayValue cells) {
        ObjectEditor row = ObjectValue.builder().append("cells", cells);
        if (columns.rules().conditions()) {
            row.putIfPresent("conditions", PodColumns.finished(object));
        }
        return row.append("object", included(object)).build();
    }

    private Value included(ObjectValue object) {
        if (include == IncludeObject.OBJECT) {
            return object;
        }
        boolean endOfInitialEvents =
                "true".equals(object.objectAt("metadata", "annotations").getString(INITIAL_EVENTS_END));
        return include == IncludeObject.METADATA || endOfInitialEvents ? MetadataOnly.of(object, version) : Value.nul();
    }

    private ObjectValue table(ObjectValue metadata, Value columnDefinitions, Value rows) {
        return ObjectValue.builder()
                .append("kind", Value.of("Table"))
                .append("apiVersion", Value.of("meta.k8s.io/" + version))
                .append("metadata", metadata)
                .append("columnDefinitions", columnDefinitions)
                .append("rows", rows)
                .build();
    }

    private ArrayValue columnDefinitions() {
        return ArrayValue.of(columns.columns().stream().map(TableColumn::toTree).toList());
    }

    /** The metadata of a table of one object: its resourceVersion. */
    private static ObjectValue metadataOf(ObjectValue object) {
        Value revision = object.objectOrEmpty("metadata").get("resourceVersion");
        return revision == null ? ObjectValue.EMPTY : ObjectValue.of("resourceVersion", revision);
    }
}
