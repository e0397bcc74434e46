// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Values as messages about broken rules print them where Kubernetes prints a type that it keeps for itself: members by their
 * names in Go, all of them, in the order of the type. Names and shapes are facts ({@code facts/internal.json}).
 */
public final class InternalForm {
    private static final class Facts {
        static final ObjectValue TYPES = BuiltinCatalog.read("internal.json");
    }

    private InternalForm() {}

    /**
     * The JSON text of a value of a type ({@code batch.SuccessPolicy}), to be given to {@code FieldErrors.invalidShown}.
     *
     * @param value the value as the API has it; null where it is not there
     */
    public static String shown(String type, @Nullable Value value) {
        return of(type, value).toString();
    }

    /** As {@link #shown}, as a tree; {@code type} may be any shape, as {@code *core.Affinity} or {@code []core.Toleration}. */
    public static Value of(String shape, @Nullable Value value) {
        Value given = value == null || value.isNull() ? null : value;
        if (shape.startsWith("*")) {
            return given == null ? Value.nul() : of(shape.substring(1), given);
        }
        if (shape.startsWith("[]")) {
            ArrayValue list = given == null ? null : given.asArray();
            return list == null ? Value.nul() : list.map(item -> of(shape.substring(2), item));
        }
        if (shape.startsWith("{}")) {
            return given == null ? Value.nul() : given;
        }
        return switch (shape) {
            case "string", "bytes" -> given == null ? zero(shape) : given;
            case "int", "intstr" -> given == null ? Value.of(0) : given;
            case "bool" -> given == null ? Value.of(false) : given;
            case "quantity" -> given == null ? Value.of("0") : given;
            case "wire", "time" -> given == null ? Value.nul() : given;
            default -> object(shape, given);
        };
    }

    private static Value zero(String shape) {
        return shape.equals("string") ? Value.of("") : Value.nul();
    }

    private static ObjectValue object(String type, @Nullable Value value) {
        ObjectValue given = value == null ? null : value.asObject();
        ObjectEditor out = ObjectValue.builder();
        fields(type, given == null ? ObjectValue.EMPTY : given, out);
        return out.build();
    }

    private static void fields(String type, ObjectValue given, ObjectEditor out) {
        ArrayValue fields = Facts.TYPES.getArray(type);
        if (fields == null) {
            throw new IllegalArgumentException("no facts of " + type);
        }
        for (String field : fields.strings()) {
            String[] parts = field.split(" ", 3);
            if (parts[0].equals("+")) {
                embedded(parts[1], parts[2], given, out);
                continue;
            }
            Value shown = of(parts[2], given.get(parts[1]));
            if (!parts[0].endsWith("?")) {
                out.put(parts[0], shown);
            } else if (!isZero(shown)) {
                out.put(parts[0].substring(0, parts[0].length() - 1), shown);
            }
        }
    }

    private static void embedded(String from, String type, ObjectValue given, ObjectEditor out) {
        if (!type.equals("wire")) {
            fields(type, given, out);
            return;
        }
        for (ObjectValue.Member member : given.objectOrEmpty(from)) {
            out.put(member.key(), member.value());
        }
    }

    private static boolean isZero(Value value) {
        return value.isNull()
                || Boolean.FALSE.equals(value.asBoolean())
                || value.equals(StringValue.of(""))
                || value.equals(Value.of(0))
                || value.equals(ArrayValue.EMPTY)
                || value.equals(ObjectValue.EMPTY);
    }
}
