// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of one tree; see {@link TypedReader}. */
final class TypedReading {
    private final DecodeFindings findings;
    private final Set<String> duplicates;
    private final ReadingPath path = new ReadingPath();
    private @Nullable Value[][] scratch = new Value[16][];
    private int objects;

    /** The first type error, which is told when all was read, unless a worse one ends the reading. */
    private @Nullable String saved;

    /** How deep the outermost type with a reader of its own stands that we are inside of. */
    private int outermost = Integer.MAX_VALUE;

    TypedReading(List<ValuePath> duplicates, DecodeFindings findings) {
        this.findings = findings;
        this.duplicates = duplicates.isEmpty() ? Set.of() : new HashSet<>();
        for (ValuePath one : duplicates) {
            this.duplicates.add(one.toString());
        }
    }

    ObjectValue document(Schema schema, Value tree) {
        Value read = tree.isNull() ? schema.linked().zero() : value(schema, tree);
        String failure = saved;
        if (failure != null) {
            throw new TypeMismatchException(failure);
        }
        ObjectValue object = read == null ? null : read.asObject();
        if (object == null) {
            throw new IllegalArgumentException("not the schema of an object: " + schema);
        }
        return object;
    }

    /** The value as its type writes it, or null where it did not fit, which is saved. */
    private @Nullable Value value(Schema schema, Value in) {
        switch (schema.shape()) {
            case STRING:
                return in instanceof StringValue ? in : misfit(schema, in);
            case OBJECT:
                return in instanceof ObjectValue object ? object(schema, object) : misfit(schema, in);
            case LIST:
                return in instanceof ArrayValue array ? list(schema, array) : misfit(schema, in);
            case MAP:
                return in instanceof ObjectValue object ? map(schema, object) : misfit(schema, in);
            case BOOLEAN:
                return in instanceof BooleanValue ? in : misfit(schema, in);
            case INT32:
                return integer(schema, in, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64:
                return integer(schema, in, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT8:
                return integer(schema, in, 0, 255);
            case FLOAT64:
                return in instanceof NumberValue number ? ScalarForms.decimal(number) : misfit(schema, in);
            case BYTES:
                return bytes(schema, in);
            case ANY:
                return any(schema, in);
            default:
                return readItself(schema.shape(), in);
        }
    }

    private Value object(Schema schema, ObjectValue in) {
        LinkedFields fields = schema.linked();
        @Nullable Value[] out = borrow(fields.size());
        boolean same = true;
        int last = -1;
        int always = 0;
        for (int i = 0; i < in.size(); i++) {
            String key = in.keyAt(i);
            Value given = in.valueAt(i);
            int position = fields.position(key, last + 1);
            if (position < 0) {
                same = false;
                if (outermost == Integer.MAX_VALUE) {
                    findings.unknown(path.strict(key));
                }
                continue;
            }
            same &= position > last;
            last = position;
            path.enter(schema, fields.at(position));
            Value read = member(fields, position, given);
            path.leave();
            noteDuplicate(key);
            same &= read == given;
            out[position] = read;
            if (fields.whenAbsent(position) != null) {
                always++;
            }
        }
        Value result = same && always == fields.alwaysWritten() ? in : written(fields, out);
        giveBack(out, fields.size());
        return result;
    }

    private static Value written(LinkedFields fields, @Nullable Value[] read) {
        ObjectEditor editor = ObjectValue.builder();
        for (int i = 0; i < fields.size(); i++) {
            Value value = read[i] != null ? read[i] : fields.whenAbsent(i);
            if (value != null) {
                editor.append(fields.at(i).name(), value);
            }
        }
        return editor.build();
    }

    /** What is written for a given member, or null where it is left out. */
    private @Nullable Value member(LinkedFields fields, int position, Value given) {
        if (given.isNull()) {
            return fields.whenAbsent(position);
        }
        SchemaField field = fields.at(position);
        Value read = value(field.schema(), given);
        if (read == null) {
            return fields.whenAbsent(position);
        }
        boolean dropped = field.omit() != SchemaField.Omit.NEVER && !field.pointer() && isEmpty(field.schema(), read);
        return dropped ? fields.whenAbsent(position) : read;
    }

    private static boolean isEmpty(Schema schema, Value value) {
        return switch (schema.shape()) {
            case STRING, BYTES -> value == StringValue.EMPTY;
            case LIST -> value instanceof ArrayValue array && array.isEmpty();
            case MAP -> value instanceof ObjectValue object && object.isEmpty();
            case BOOLEAN -> value == BooleanValue.FALSE;
            case INT32, INT64, UINT8, FLOAT64 -> value instanceof NumberValue number && number.doubleValue() == 0;
            case TIME, MICRO_TIME -> value.isNull();
            default -> false;
        };
    }

    private Value list(Schema schema, ArrayValue in) {
        Schema items = schema.items();
        Value[] changed = null;
        path.enterItem();
        for (int i = 0; i < in.size(); i++) {
            Value given = in.get(i);
            path.at(i);
            Value read = given.isNull() ? null : value(items, given);
            if (read == null) {
                read = ScalarForms.zero(items);
            }
            if (changed == null && read != given) {
                changed = in.items().toArray(new Value[0]);
            }
            if (changed != null) {
                changed[i] = read;
            }
        }
        path.leave();
        return changed == null ? in : ArrayValue.of(changed);
    }

    private Value map(Schema schema, ObjectValue in) {
        Schema items = schema.items();
        boolean texts = items.shape() == Shape.STRING && duplicates.isEmpty();
        ObjectEditor changed = null;
        for (int i = 0; i < in.size(); i++) {
            Value given = in.valueAt(i);
            if (texts && given instanceof StringValue) {
                if (changed != null) {
                    changed.append(in.keyAt(i), given);
                }
                continue;
            }
            path.enterKey(in.keyAt(i));
            Value read = given.isNull() ? null : value(items, given);
            path.leave();
            noteDuplicate(in.keyAt(i));
            if (read == null) {
                read = ScalarForms.zero(items);
            }
            if (changed == null && read != given) {
                changed = ObjectValue.builder();
                for (int k = 0; k < i; k++) {
                    changed.append(in.keyAt(k), in.valueAt(k));
                }
            }
            if (changed != null) {
                changed.append(in.keyAt(i), read);
            }
        }
        return (changed == null ? in : changed.build()).sorted();
    }

    private @Nullable Value integer(Schema schema, Value in, long minimum, long maximum) {
        if (!(in instanceof NumberValue number)) {
            return misfit(schema, in);
        }
        if (!number.isInteger() || number.longValue() < minimum || number.longValue() > maximum) {
            return misfit("number " + number.literal(), schema.goType());
        }
        return in;
    }

    private @Nullable Value bytes(Schema schema, Value in) {
        if (in instanceof StringValue text) {
            try {
                return ScalarForms.bytes(text);
            } catch (TypeMismatchException e) {
                save(e.text());
                return null;
            }
        }
        if (in instanceof ArrayValue array) { // Go reads numbers into a list of bytes
            Value numbers = list(Schema.list(Schema.scalar(Shape.UINT8), ListKind.ATOMIC, List.of()), array);
            return ScalarForms.bytes(numbers);
        }
        return misfit(schema, in);
    }

    /** Types of which Go's form reads itself: a failure ends the reading. */
    private Value readItself(Shape shape, Value in) {
        Value read = ScalarForms.read(shape, in);
        if (read == null) {
            String wanted = shape == Shape.INT_OR_STRING ? "int32" : "string";
            String given = word(in, wanted);
            throw new TypeMismatchException("json: cannot unmarshal " + given + path.into(wanted, outermost));
        }
        return read;
    }

    private @Nullable Value any(Schema schema, Value in) {
        return switch (schema.anyForm()) {
            case SCHEMA_OR_BOOL -> {
                if (in instanceof BooleanValue) {
                    yield in;
                }
                if (!(in instanceof ObjectValue)) {
                    throw new TypeMismatchException("boolean or JSON schema expected");
                }
                yield inside(schema.items(), in);
            }
            case SCHEMA_OR_ARRAY -> orList(schema, in, schema.items());
            case SCHEMA_OR_STRING_ARRAY -> orList(schema, in, Schema.scalar(Shape.STRING));
            default -> in;
        };
    }

    private @Nullable Value orList(Schema schema, Value in, Schema items) {
        if (in instanceof ObjectValue) {
            return inside(schema.items(), in);
        }
        return in instanceof ArrayValue array && !array.isEmpty()
                ? inside(Schema.list(items, ListKind.ATOMIC, List.of()), in)
                : Value.nul();
    }

    /** Reads what a type with its own reader decodes by itself: no strict findings, and a type error ends all. */
    private @Nullable Value inside(Schema schema, Value in) {
        String before = saved;
        int above = outermost;
        saved = null;
        outermost = Math.min(above, path.depth());
        Value read = value(schema, in);
        if (saved != null) {
            throw new TypeMismatchException(saved);
        }
        saved = before;
        outermost = above;
        return read;
    }

    private @Nullable Value misfit(Schema schema, Value in) {
        return misfit(word(in, schema.goType()), schema.goType());
    }

    private @Nullable Value misfit(String given, String goType) {
        if (saved == null) {
            save("json: cannot unmarshal " + given + path.into(goType, outermost));
        }
        return null;
    }

    private void save(String failure) {
        if (saved == null) {
            saved = failure;
        }
    }

    /** How the decoder names a value; it quotes numbers that a number type cannot hold. */
    private static String word(Value in, String wanted) {
        boolean quoted = in instanceof NumberValue && wanted.equals("int32");
        return quoted ? "number " + ((NumberValue) in).literal() : in.typeName();
    }

    private void noteDuplicate(String key) {
        if (!duplicates.isEmpty() && outermost == Integer.MAX_VALUE) {
            String address = path.strict(key);
            if (duplicates.contains(address)) {
                findings.duplicate(address);
            }
        }
    }

    /** Arrays for the members of the objects that are open; one per depth, used again and again. */
    private @Nullable Value[] borrow(int size) {
        if (objects == scratch.length) {
            scratch = Arrays.copyOf(scratch, objects * 2);
        }
        @Nullable Value[] array = scratch[objects];
        if (array == null || array.length < size) {
            array = new Value[Math.max(size, 16)];
            scratch[objects] = array;
        }
        objects++;
        return array;
    }

    private void giveBack(@Nullable Value[] array, int size) {
        Arrays.fill(array, 0, size, null);
        objects--;
    }
}
