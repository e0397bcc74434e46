// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.NullValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Values of expressions: {@link NullValue#NULL}, {@link Boolean}, {@link Long}, {@link CelUint}, {@link Double},
 * {@link String}, {@link CelBytes}, {@link Instant}, {@link Duration}, {@link CelList}, {@link CelMap},
 * {@link CelOptional}, {@link CelType}, {@link CelOpaque}. Trees are read where an expression looks, never as a whole.
 */
public final class CelValues {
    private CelValues() {}

    /** A node of a tree as expressions see it, without a schema. */
    public static Object of(Value value) {
        return of(value, CelType.DYN);
    }

    /** A node of a tree as expressions see it, read as the type says: texts of dates become timestamps, and so on. */
    public static Object of(Value value, CelType type) {
        if (value instanceof ObjectValue object) {
            return new TreeMapView(object, type);
        }
        if (value instanceof ArrayValue array) {
            return new TreeListView(array, type);
        }
        if (value instanceof StringValue text) {
            return text(text.value(), type);
        }
        if (value instanceof NumberValue number) {
            return switch (type.kind()) {
                case DOUBLE -> number.doubleValue();
                case INT -> number.longValue();
                case UINT -> new CelUint(number.longValue());
                default -> number.isInteger() ? (Object) number.longValue() : (Object) number.doubleValue();
            };
        }
        return value instanceof BooleanValue truth ? truth == BooleanValue.TRUE : NullValue.NULL;
    }

    private static Object text(String text, CelType type) {
        return switch (type.kind()) {
            case TIMESTAMP -> Times.timestamp(text);
            case DURATION -> Times.duration(text);
            case BYTES -> bytes(text);
            default -> text;
        };
    }

    private static CelBytes bytes(String text) {
        try {
            return new CelBytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            throw new CelEvaluationException("illegal base64 data");
        }
    }

    /**
     * A value of an expression as a tree.
     *
     * @throws CelEvaluationException where the value has no form as JSON
     */
    public static Value toTree(Object value) {
        if (value instanceof TreeMapView view) {
            return view.tree();
        }
        if (value instanceof TreeListView view) {
            return view.tree();
        }
        if (value instanceof Value tree) {
            return tree;
        }
        if (value instanceof Boolean truth) {
            return Value.of(truth);
        }
        if (value instanceof Long number) {
            return Value.of(number);
        }
        if (value instanceof CelUint number) {
            return Value.of(number.bits());
        }
        if (value instanceof Double number) {
            return NumberValue.of(number);
        }
        if (value instanceof String text) {
            return Value.of(text);
        }
        if (value instanceof CelBytes bytes) {
            return Value.of(Base64.getEncoder().encodeToString(bytes.bytes()));
        }
        if (value instanceof Instant time) {
            return Value.of(Times.text(time));
        }
        if (value instanceof Duration time) {
            return Value.of(Times.text(time));
        }
        if (value instanceof CelList list) {
            List<Value> items = new ArrayList<>(list.size());
            list.items().forEach(item -> items.add(toTree(item)));
            return ArrayValue.of(items);
        }
        if (value instanceof CelMap map) {
            ObjectEditor editor = ObjectValue.builder();
            for (Object key : map.keys()) {
                Object member = map.get(key);
                if (!(key instanceof String name)) {
                    throw new CelEvaluationException("unsupported map key: " + Texts.of(key));
                }
                if (member != null) {
                    editor.put(name, toTree(member));
                }
            }
            return editor.build();
        }
        if (value instanceof CelOptional optional) {
            Object inner = optional.value();
            return inner == null ? NullValue.NULL : toTree(inner);
        }
        throw new CelEvaluationException("unsupported conversion of " + typeOf(value) + " to JSON");
    }

    /** The type of a value, as {@code type(x)} gives it: without parameters. */
    public static CelType typeOf(Object value) {
        if (value instanceof Boolean) {
            return CelType.BOOL;
        }
        if (value instanceof Long) {
            return CelType.INT;
        }
        if (value instanceof String) {
            return CelType.STRING;
        }
        if (value instanceof Double) {
            return CelType.DOUBLE;
        }
        if (value instanceof CelMap map) {
            return map.type();
        }
        if (value instanceof CelList) {
            return CelType.list(CelType.DYN);
        }
        if (value instanceof CelUint) {
            return CelType.UINT;
        }
        if (value instanceof CelBytes) {
            return CelType.BYTES;
        }
        if (value instanceof Instant) {
            return CelType.TIMESTAMP;
        }
        if (value instanceof Duration) {
            return CelType.DURATION;
        }
        if (value instanceof CelOptional) {
            return CelType.optional(CelType.DYN);
        }
        if (value instanceof CelOpaque opaque) {
            return opaque.type();
        }
        return value instanceof CelType ? CelType.TYPE : CelType.NULL;
    }

    /** True where a value may stand for a parameter of a type, as far as families of types tell. */
    static boolean isInstance(Object value, CelType type) {
        return switch (type.kind()) {
            case DYN, PARAM -> true;
            case BOOL -> value instanceof Boolean;
            case INT -> value instanceof Long;
            case UINT -> value instanceof CelUint;
            case DOUBLE -> value instanceof Double;
            case STRING -> value instanceof String;
            case BYTES -> value instanceof CelBytes;
            case TIMESTAMP -> value instanceof Instant;
            case DURATION -> value instanceof Duration;
            case LIST -> value instanceof CelList list && itemsAre(list, type.element());
            case MAP, OBJECT -> value instanceof CelMap;
            case OPTIONAL -> value instanceof CelOptional;
            case TYPE -> value instanceof CelType;
            case NULL -> value == NullValue.NULL;
            case OPAQUE ->
                value instanceof CelOpaque opaque && opaque.type().name().equals(type.name());
            case ERROR -> false;
        };
    }

    private static boolean itemsAre(CelList list, CelType type) {
        return list.size() == 0 || type.isDyn() || isInstance(list.get(0), type);
    }
}
