// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Trees that fit a shape, members in any order, nulls and zeros among them. */
final class RandomObjects {
    private final Random random;

    RandomObjects(Random random) {
        this.random = random;
    }

    ObjectValue object(Schema schema, int depth) {
        List<SchemaField> fields = new ArrayList<>(schema.fields());
        Collections.shuffle(fields, random);
        ObjectEditor editor = ObjectValue.builder();
        for (SchemaField field : fields) {
            if (random.nextInt(3) == 0) {
                editor.append(field.name(), random.nextInt(8) == 0 ? Value.nul() : value(field.schema(), depth - 1));
            }
        }
        return editor.build();
    }

    private Value value(Schema schema, int depth) {
        return switch (schema.shape()) {
            case OBJECT -> depth <= 0 ? ObjectValue.EMPTY : object(schema, depth);
            case LIST -> list(schema, depth);
            case MAP -> map(schema, depth);
            case STRING -> Value.of(text());
            case BYTES -> Value.of(pick("", "YQ==", "YWJj", "YW\nJj"));
            case BOOLEAN -> Value.of(random.nextBoolean());
            case INT32, INT64, UINT8, FLOAT64 -> Value.of(random.nextInt(3) * 50);
            case INT_OR_STRING -> random.nextBoolean() ? Value.of(random.nextInt(9)) : Value.of(text());
            case QUANTITY -> Value.of(pick("1", "1000m", "1024Ki", "0.5", "1e3"));
            case TIME -> Value.of(pick("2024-03-01T10:00:00Z", "2024-03-01T10:00:00.25+01:00"));
            case MICRO_TIME -> Value.of(pick("2024-03-01T10:00:00.000001Z", "2024-03-01T10:00:00.100000-01:00"));
            case DURATION -> Value.of(pick("1s", "90m"));
            case ANY -> any(schema, depth);
        };
    }

    private Value any(Schema schema, int depth) {
        return switch (schema.anyForm()) {
            case SCHEMA_OR_BOOL, SCHEMA_OR_ARRAY, SCHEMA_OR_STRING_ARRAY ->
                depth <= 0 ? ObjectValue.EMPTY : object(schema.items(), depth - 1);
            default -> ObjectValue.of("b", Value.of(1), "a", Value.of(text()));
        };
    }

    private Value list(Schema schema, int depth) {
        List<Value> items = new ArrayList<>();
        for (int i = depth <= 0 ? 0 : random.nextInt(3); i > 0; i--) {
            items.add(random.nextInt(8) == 0 ? Value.nul() : value(schema.items(), depth - 1));
        }
        return ArrayValue.of(items);
    }

    private Value map(Schema schema, int depth) {
        ObjectEditor editor = ObjectValue.builder();
        for (int i = random.nextInt(3); i > 0; i--) {
            editor.put("k" + random.nextInt(5), value(schema.items(), depth - 1));
        }
        return editor.build();
    }

    private String text() {
        return pick("", "a", "b");
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
