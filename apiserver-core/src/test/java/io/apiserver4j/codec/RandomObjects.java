// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.schema.AnyForm;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Objects of any schema with random content, for tests that go both ways. */
final class RandomObjects {
    private final Random random;

    RandomObjects(long seed) {
        random = new Random(seed);
    }

    ObjectValue object(Schema schema, int depth) {
        ObjectEditor out = ObjectValue.builder();
        for (SchemaField field : schema.fields()) {
            boolean inEnvelope = field.name().equals("kind") || field.name().equals("apiVersion");
            if (inEnvelope && field.embedded() != null || field.wireNumber() == 0) {
                continue;
            }
            if (random.nextInt(3) > 0 && (depth > 0 || !nests(field.schema()))) {
                out.put(field.name(), value(field.schema(), depth - 1));
            }
        }
        return out.build();
    }

    private static boolean nests(Schema schema) {
        return switch (schema.shape()) {
            case OBJECT, ANY -> true;
            case LIST, MAP -> nests(schema.items());
            default -> false;
        };
    }

    private Value value(Schema schema, int depth) {
        return switch (schema.shape()) {
            case OBJECT -> object(schema, depth);
            case MAP -> map(schema, depth);
            case LIST -> list(schema, depth);
            case STRING -> Value.of(text());
            case BYTES -> Value.of(Base64.getEncoder().encodeToString(text().getBytes(StandardCharsets.UTF_8)));
            case INT32 -> Value.of(random.nextInt());
            case INT64 -> Value.of(random.nextLong());
            case UINT8 -> Value.of(random.nextInt(256));
            case FLOAT64 -> random.nextBoolean() ? Value.of(random.nextInt(9)) : NumberValue.of(random.nextDouble());
            case BOOLEAN -> Value.of(random.nextBoolean());
            case INT_OR_STRING -> random.nextBoolean() ? Value.of(random.nextInt()) : Value.of(text());
            case QUANTITY -> Value.of(random.nextInt(1, 1000) + (random.nextBoolean() ? "Mi" : "m"));
            case TIME ->
                Value.of("20%02d-0%d-2%dT0%d:5%d:07Z".formatted(digit(), digit(1), digit(1), digit(), digit()));
            case MICRO_TIME -> Value.of("2024-03-0%dT10:00:00.%06dZ".formatted(digit(1), random.nextInt(1_000_000)));
            case ANY -> any(schema, depth);
            case DURATION -> throw new IllegalStateException("no kind has one");
        };
    }

    private int digit() {
        return random.nextInt(10);
    }

    private int digit(int least) {
        return random.nextInt(least, 9);
    }

    private Value map(Schema schema, int depth) {
        ObjectEditor out = ObjectValue.builder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            out.put("k" + random.nextInt(100), value(schema.items(), depth));
        }
        return out.build();
    }

    private Value list(Schema schema, int depth) {
        Value[] items = new Value[random.nextInt(1, 3)];
        for (int i = 0; i < items.length; i++) {
            items[i] = value(schema.items(), depth);
        }
        return ArrayValue.of(items);
    }

    private Value any(Schema schema, int depth) {
        boolean first = random.nextBoolean();
        if (schema.anyForm() == AnyForm.SCHEMA_OR_BOOL) {
            return first ? Value.of(random.nextBoolean()) : object(schema.items(), depth);
        }
        if (schema.anyForm() == AnyForm.SCHEMA_OR_ARRAY) {
            return first ? ArrayValue.of(object(schema.items(), depth)) : object(schema.items(), depth);
        }
        if (schema.anyForm() == AnyForm.SCHEMA_OR_STRING_ARRAY) {
            return first ? ArrayValue.of(Value.of(text())) : object(schema.items(), depth);
        }
        return ObjectValue.of("f:" + digit(), first ? Value.of(text()) : ArrayValue.of(Value.of(digit()), Value.nul()));
    }

    private String text() {
        String alphabet = "ab-\u00e9\u20ac\ud83d\ude00";
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int start = random.nextInt(5);
            out.append(start < 4 ? alphabet.substring(start, start + 1) : alphabet.substring(5));
        }
        return out.toString();
    }
}
