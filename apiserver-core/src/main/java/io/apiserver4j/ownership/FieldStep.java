// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.patch.GoPrint;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One step of a field's path: a member by its name, an item of a keyed list by its keys, an item of a set by its
 * value, or an item by its position. Steps have the order in which FieldsV1 lists them.
 */
public final class FieldStep implements Comparable<FieldStep> {
    /** Well above the number of field names of all kinds; keys of users' maps may fill it, then it starts anew. */
    private static final int REMEMBERED = 20_000;

    private static final ConcurrentMap<String, FieldStep> BY_NAME = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, FieldStep> BY_WIRE = new ConcurrentHashMap<>();

    private enum Form {
        FIELD,
        KEY,
        VALUE,
        INDEX
    }

    private final Form form;
    private final Value content;
    private final String name;
    private @Nullable String wire;

    private FieldStep(Form form, Value content, String name, @Nullable String wire) {
        this.form = form;
        this.content = content;
        this.name = name;
        this.wire = wire;
    }

    /** The member of a name. */
    public static FieldStep field(String name) {
        FieldStep known = BY_NAME.get(name);
        if (known != null) {
            return known;
        }
        FieldStep step = new FieldStep(Form.FIELD, Value.nul(), name, "f:" + name);
        remember(BY_NAME, name, step);
        return step;
    }

    /** The list item with these key fields; their order does not matter. */
    public static FieldStep key(ObjectValue fields) {
        return new FieldStep(Form.KEY, fields.sorted(), "", null);
    }

    /** The item of a set. */
    public static FieldStep value(Value item) {
        return new FieldStep(Form.VALUE, item, "", null);
    }

    /** The item at a position. */
    public static FieldStep index(long position) {
        return new FieldStep(Form.INDEX, Value.of(position), "", null);
    }

    /**
     * Reads a step in its wire form.
     *
     * @return null for a form that is not known, which readers leave out
     * @throws IllegalArgumentException where the text is no step at all
     */
    static @Nullable FieldStep parse(String text) {
        FieldStep known = BY_WIRE.get(text);
        if (known != null) {
            return known;
        }
        FieldStep step = read(text);
        if (step != null) {
            remember(BY_WIRE, text, step);
        }
        return step;
    }

    private static void remember(ConcurrentMap<String, FieldStep> steps, String text, FieldStep step) {
        if (steps.size() >= REMEMBERED) {
            steps.clear();
        }
        steps.put(text, step);
    }

    private static @Nullable FieldStep read(String text) {
        if (text.length() < 2) {
            throw new IllegalArgumentException("key must be 2 characters long:");
        }
        if (text.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon: " + text);
        }
        String rest = text.substring(2);
        return switch (text.charAt(0)) {
            case 'f' -> field(rest);
            case 'v' -> value(json(rest));
            case 'k' -> {
                ObjectValue fields = json(rest).asObject();
                if (fields == null) {
                    throw new IllegalArgumentException("key is no object: " + text);
                }
                yield key(fields);
            }
            case 'i' -> {
                try {
                    yield index(Long.parseLong(rest));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "strconv.Atoi: parsing " + GoText.quote(rest) + ": invalid syntax", e);
                }
            }
            default -> null;
        };
    }

    private static Value json(String text) {
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** True for a member by its name. */
    boolean isField() {
        return form == Form.FIELD;
    }

    /** True for an item of a keyed list. */
    boolean isKey() {
        return form == Form.KEY;
    }

    /** The member's name; empty for other steps. */
    String name() {
        return name;
    }

    /** The wire form: {@code f:name}, {@code k:{"name":"c"}}, {@code v:"x"}, {@code i:0}. */
    String wire() {
        String text = wire;
        if (text == null) {
            String prefix = switch (form) {
                case FIELD -> "f:";
                case KEY -> "k:";
                case VALUE -> "v:";
                case INDEX -> "i:";
            };
            text = prefix + JsonWriter.toString(content);
            wire = text;
        }
        return text;
    }

    @Override
    public int compareTo(FieldStep other) {
        if (this == other) {
            return 0;
        }
        if (form != other.form) {
            return form.compareTo(other.form);
        }
        return switch (form) {
            case FIELD -> compareTexts(name, other.name);
            case KEY -> compareMembers((ObjectValue) content, (ObjectValue) other.content);
            case VALUE, INDEX -> compareValues(content, other.content);
        };
    }

    /** Order of texts by their bytes in UTF-8, as Go compares. */
    static int compareTexts(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                // only surrogates and the characters above them sort differently in UTF-16
                return a >= 0xd800 && b >= 0xd800 ? Integer.compare(rank(a), rank(b)) : a - b;
            }
        }
        return one.length() - other.length();
    }

    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    private static int compareMembers(ObjectValue one, ObjectValue other) {
        for (int i = 0; i < one.size() && i < other.size(); i++) {
            int byName = compareTexts(one.keyAt(i), other.keyAt(i));
            int order = byName != 0 ? byName : compareValues(one.valueAt(i), other.valueAt(i));
            if (order != 0) {
                return order;
            }
        }
        return one.size() - other.size();
    }

    private static int compareValues(Value one, Value other) {
        int order = Integer.compare(typeRank(one), typeRank(other));
        if (order != 0) {
            return order;
        }
        if (one instanceof NumberValue a && other instanceof NumberValue b) {
            return a.isInteger() && b.isInteger()
                    ? Long.compare(a.longValue(), b.longValue())
                    : Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (one instanceof StringValue a && other instanceof StringValue b) {
            return compareTexts(a.value(), b.value());
        }
        if (one instanceof BooleanValue a && other instanceof BooleanValue b) {
            return Boolean.compare(a.value(), b.value());
        }
        if (one instanceof ArrayValue a && other instanceof ArrayValue b) {
            for (int i = 0; i < a.size() && i < b.size(); i++) {
                int byItem = compareValues(a.get(i), b.get(i));
                if (byItem != 0) {
                    return byItem;
                }
            }
            return a.size() - b.size();
        }
        if (one instanceof ObjectValue a && other instanceof ObjectValue b) {
            return compareMembers(a.sorted(), b.sorted());
        }
        return 0;
    }

    private static int typeRank(Value value) {
        if (value instanceof NumberValue) {
            return 0;
        }
        if (value instanceof StringValue) {
            return 1;
        }
        if (value instanceof BooleanValue) {
            return 2;
        }
        if (value instanceof ArrayValue) {
            return 3;
        }
        return value instanceof ObjectValue ? 4 : 5;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof FieldStep step && compareTo(step) == 0;
    }

    @Override
    public int hashCode() {
        return switch (form) {
            case FIELD -> name.hashCode();
            case INDEX -> content.hashCode();
            case KEY, VALUE -> hash(content);
        };
    }

    private static int hash(Value value) {
        if (value instanceof NumberValue number) {
            return Double.hashCode(number.doubleValue());
        }
        if (value instanceof ObjectValue object) {
            int hash = 17;
            for (int i = 0; i < object.size(); i++) {
                hash += object.keyAt(i).hashCode() * 31 ^ hash(object.valueAt(i));
            }
            return hash;
        }
        return value.hashCode();
    }

    /** As messages print it: {@code .name}, {@code [name="c",port=80]}, {@code [="x"]}, {@code [0]}. */
    @Override
    public String toString() {
        return switch (form) {
            case FIELD -> "." + name;
            case INDEX -> "[" + content + "]";
            case VALUE -> "[=" + shown(content) + "]";
            case KEY -> {
                StringBuilder out = new StringBuilder("[");
                for (ObjectValue.Member member : (ObjectValue) content) {
                    out.append(out.length() > 1 ? "," : "")
                            .append(member.key())
                            .append('=')
                            .append(shown(member.value()));
                }
                yield out.append(']').toString();
            }
        };
    }

    private static String shown(Value value) {
        String text = value.asString();
        if (text != null) {
            return GoText.quote(text);
        }
        return value.isNull() ? "null" : GoPrint.plain(value);
    }
}
