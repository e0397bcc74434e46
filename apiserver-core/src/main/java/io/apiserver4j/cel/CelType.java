// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value in an expression. Types of objects carry their fields; a field may have another name in the
 * expression than in the document (a name that is no identifier is escaped). Immutable.
 */
public final class CelType {
    /** Families of types. */
    public enum Kind {
        NULL,
        BOOL,
        INT,
        UINT,
        DOUBLE,
        STRING,
        BYTES,
        TIMESTAMP,
        DURATION,
        LIST,
        MAP,
        OBJECT,
        OPTIONAL,
        TYPE,
        OPAQUE,
        PARAM,
        DYN,
        ERROR
    }

    /** How equality treats a list. */
    public enum ListForm {
        /** Item by item. */
        ATOMIC,
        /** Without order. */
        SET,
        /** By the keys of items. */
        MAP
    }

    /** A field of an object type: its name in the document, and what it holds. */
    public record Field(String jsonName, CelType type) {}

    public static final CelType NULL = new CelType(Kind.NULL, "null_type");
    public static final CelType BOOL = new CelType(Kind.BOOL, "bool");
    public static final CelType INT = new CelType(Kind.INT, "int");
    public static final CelType UINT = new CelType(Kind.UINT, "uint");
    public static final CelType DOUBLE = new CelType(Kind.DOUBLE, "double");
    public static final CelType STRING = new CelType(Kind.STRING, "string");
    public static final CelType BYTES = new CelType(Kind.BYTES, "bytes");
    public static final CelType TIMESTAMP = new CelType(Kind.TIMESTAMP, "google.protobuf.Timestamp");
    public static final CelType DURATION = new CelType(Kind.DURATION, "google.protobuf.Duration");
    public static final CelType TYPE = new CelType(Kind.TYPE, "type");
    public static final CelType DYN = new CelType(Kind.DYN, "dyn");
    public static final CelType LIST_OF_STRINGS = list(STRING);
    public static final CelType QUANTITY = opaque("kubernetes.Quantity");
    public static final CelType ERROR = new CelType(Kind.ERROR, "*error*");

    private final Kind kind;
    private final String name;
    private final List<CelType> parameters;
    private final Map<String, Field> fields;
    private final ListForm listForm;
    private final List<String> listKeys;
    private final @Nullable Long maxElements;
    private final long minSize;

    private CelType(Kind kind, String name) {
        this(kind, name, List.of(), Map.of(), ListForm.ATOMIC, List.of(), null, 0);
    }

    private CelType(
            Kind kind,
            String name,
            List<CelType> parameters,
            Map<String, Field> fields,
            ListForm listForm,
            List<String> listKeys,
            @Nullable Long maxElements,
            long minSize) {
        this.kind = kind;
        this.name = name;
        this.parameters = parameters;
        this.fields = fields;
        this.listForm = listForm;
        this.listKeys = listKeys;
        this.maxElements = maxElements;
        this.minSize = minSize;
    }

    /** A list. */
    public static CelType list(CelType items) {
        return new CelType(Kind.LIST, "list", List.of(items), Map.of(), ListForm.ATOMIC, List.of(), null, 0);
    }

    /** A map. */
    public static CelType map(CelType keys, CelType values) {
        return new CelType(Kind.MAP, "map", List.of(keys, values), Map.of(), ListForm.ATOMIC, List.of(), null, 0);
    }

    /** A value that may be missing. */
    public static CelType optional(CelType value) {
        return new CelType(
                Kind.OPTIONAL, "optional_type", List.of(value), Map.of(), ListForm.ATOMIC, List.of(), null, 0);
    }

    /** The type of a type. */
    public static CelType type(CelType of) {
        return new CelType(Kind.TYPE, "type", List.of(of), Map.of(), ListForm.ATOMIC, List.of(), null, 0);
    }

    /** A type with functions and no fields, such as {@code net.IP}. */
    public static CelType opaque(String name) {
        return new CelType(Kind.OPAQUE, name);
    }

    /** A type parameter of a function. */
    public static CelType parameter(String name) {
        return new CelType(Kind.PARAM, name);
    }

    /** An object with fields whose names are their names in the document. */
    public static CelType object(String name, Map<String, CelType> fields) {
        Map<String, Field> named = new LinkedHashMap<>();
        fields.forEach((field, type) -> named.put(field, new Field(field, type)));
        return objectOf(name, named);
    }

    /** An object with fields, by their names in expressions. */
    public static CelType objectOf(String name, Map<String, Field> fields) {
        return new CelType(
                Kind.OBJECT,
                name,
                List.of(),
                java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields)),
                ListForm.ATOMIC,
                List.of(),
                null,
                0);
    }

    /** This list type with another equality. */
    public CelType withListForm(ListForm form, List<String> keys) {
        return new CelType(kind, name, parameters, fields, form, List.copyOf(keys), maxElements, minSize);
    }

    /**
     * This type with what cost estimates read.
     *
     * @param max the largest length that a value may have
     * @param min the smallest number of bytes that a value takes as JSON
     */
    public CelType withSizes(@Nullable Long max, long min) {
        return new CelType(kind, name, parameters, fields, listForm, listKeys, max, min);
    }

    /** The family. */
    public Kind kind() {
        return kind;
    }

    /** The name that expressions know the type by, without parameters. */
    public String name() {
        return name;
    }

    /** Types of items; of keys and values; of the optional value. */
    public List<CelType> parameters() {
        return parameters;
    }

    /** Fields by their names in expressions. */
    public Map<String, Field> fields() {
        return fields;
    }

    /** A field, or null. */
    public @Nullable Field field(String name) {
        return fields.get(name);
    }

    /** Type of items of a list, or of values of a map or optional; {@link #DYN} for others. */
    public CelType element() {
        return parameters.isEmpty() ? DYN : parameters.get(parameters.size() - 1);
    }

    /** How a list is compared. */
    public ListForm listForm() {
        return listForm;
    }

    /** The keys of items of a {@link ListForm#MAP}. */
    public List<String> listKeys() {
        return listKeys;
    }

    /** The largest length, or null where it is unknown. */
    public @Nullable Long maxElements() {
        return maxElements;
    }

    /** The smallest number of bytes that a value takes as JSON. */
    public long minSize() {
        return minSize;
    }

    /** True for {@link #DYN}. */
    public boolean isDyn() {
        return kind == Kind.DYN;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CelType that
                && kind == that.kind
                && name.equals(that.name)
                && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, parameters);
    }

    /** The text in messages: {@code list(string)}, {@code map(string, dyn)}. */
    @Override
    public String toString() {
        if (parameters.isEmpty()) {
            return switch (kind) {
                case NULL -> "null";
                case TIMESTAMP -> "timestamp";
                case DURATION -> "duration";
                case ERROR -> "!error!";
                default -> name;
            };
        }
        StringBuilder out = new StringBuilder(name).append('(');
        for (int i = 0; i < parameters.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(parameters.get(i));
        }
        return out.append(')').toString();
    }
}
