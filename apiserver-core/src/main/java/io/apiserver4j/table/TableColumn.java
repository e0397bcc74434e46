// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ObjectValue;

/**
 * The head of one column.
 *
 * @param name what stands above the column
 * @param type the OpenAPI type of its cells, as clients are told; a cell may be of another
 * @param format the OpenAPI format, or the empty text; {@code name} marks the column that names the object
 * @param description what the column tells
 * @param priority 0 for columns that are always shown, more for those of wide tables
 */
public record TableColumn(String name, String type, String format, String description, long priority) {
    ObjectValue toTree() {
        return ObjectValue.builder()
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", description)
                .put("priority", priority)
                .build();
    }
}
