// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks objects against a schema with the texts and in the order of kube-openapi's validator, as apiextensions turns them
 * into field errors. In an update, what did not change is not blamed (ratcheting). Stateless.
 */
final class SchemaValidation {
    private SchemaValidation() {}

    /** Errors of a part, and how much of the schema was looked at: the alternative that went furthest is told of. */
    private static final class Outcome {
        final FieldErrors errors = new FieldErrors();
        int matches;

        boolean isValid() {
            return errors.isEmpty();
        }

        void merge(Outcome other) {
            errors.addAll(other.errors);
            matches += other.matches;
        }

        void plain(String text) {
            errors.add(new FieldError(FieldError.Type.INVALID, "<nil>", "Invalid value: \"\": " + text));
        }
    }

    /** Checks an object; {@code old} is the object before an update, or null. */
    static void check(StructuralSchema schema, ObjectValue object, @Nullable ObjectValue old, FieldErrors errors) {
        errors.addAll(value(schema, object, old, ValuePath.ROOT).errors);
    }

    /**
     * Checks a part of an object by itself: texts name addresses within the part, fields those within the object.
     *
     * @param part the part's address
     */
    static void checkPart(
            StructuralSchema schema, Value value, @Nullable Value old, ValuePath part, FieldErrors errors) {
        for (FieldError error : value(schema, value, old, ValuePath.ROOT).errors.list()) {
            String field = error.field().equals("<nil>") ? part.toString() : part + "." + error.field();
            errors.add(new FieldError(error.kind(), field, error.body()));
        }
    }

    private static Outcome value(StructuralSchema schema, Value value, @Nullable Value old, ValuePath path) {
        Outcome out = new Outcome();
        if (old != null && old.equals(value)) {
            return out;
        }
        type(schema, value, path, out);
        if (value.isNull()) {
            enumeration(schema, value, path, out);
            return out;
        }
        out.matches += 2;
        combinations(schema, value, path, out);
        if (value instanceof ObjectValue object) {
            enumeration(schema, value, path, out);
            members(schema, object, old == null ? null : old.asObject(), path, out);
            return out;
        }
        if (value instanceof ArrayValue array) {
            items(schema, array, old == null ? null : old.asArray(), path, out);
        } else if (value instanceof NumberValue number) {
            NumberRules.check(schema, number, path, out.errors);
        } else if (value.asString() != null) {
            text(schema, value.asString(), path, out);
        }
        enumeration(schema, value, path, out);
        return out;
    }

    private static String in(ValuePath path) {
        return path + " in body ";
    }

    private static void wrongType(String wanted, String given, ValuePath path, Outcome out) {
        String shown = GoText.quote(given);
        out.errors.typeInvalid(path, shown, in(path) + "must be of type " + wanted + ": " + shown);
    }

    private static void type(StructuralSchema schema, Value value, ValuePath path, Outcome out) {
        List<String> types = schema.types;
        if (types.isEmpty()) {
            return;
        }
        String wanted = String.join(",", types);
        if (value.isNull()) {
            if (!schema.nullable) {
                wrongType(wanted, "null", path, out);
            }
            return;
        }
        NumberValue number = value.asNumber();
        String given = number != null ? number.isInteger() ? "integer" : "number" : kindOf(value);
        boolean fits = types.contains(given)
                || given.equals("integer") && types.contains("number")
                || number != null && types.contains("integer") && NumberRules.isIntegral(number);
        if (!fits && !schema.format.isEmpty() && value.asString() == null && value.asArray() == null) {
            String formatGiven = number == null ? "" : number.isInteger() ? "int64" : "double";
            if (!formatGiven.equals(schema.format)) {
                wrongType(schema.format, formatGiven, path, out);
                return;
            }
        }
        boolean numeric = types.contains("number") || types.contains("integer");
        if (!fits && !numeric && !schema.format.isEmpty() && (value.asString() != null || value.asArray() != null)) {
            return; // the real validator leaves these to the format's own check
        }
        if (!fits) {
            wrongType(wanted, given, path, out);
        }
    }

    private static String kindOf(Value value) {
        if (value.asString() != null) {
            return "string";
        }
        if (value.asBoolean() != null) {
            return "boolean";
        }
        return value.asArray() != null ? "array" : "object";
    }

    private static void combinations(StructuralSchema schema, Value value, ValuePath path, Outcome out) {
        String shown = GoText.quote(path.toString());
        if (!schema.anyOf.isEmpty()) {
            Outcome best = null;
            boolean one = false;
            for (StructuralSchema alternative : schema.anyOf) {
                Outcome tried = value(alternative, value, null, path);
                one = tried.isValid();
                if (one) {
                    break;
                }
                best = best == null || tried.matches > best.matches ? tried : best;
            }
            if (!one) {
                out.plain(shown + " must validate at least one schema (anyOf)");
                if (best != null) {
                    out.merge(best);
                }
            }
        }
        if (!schema.oneOf.isEmpty()) {
            Outcome best = null;
            int valid = 0;
            for (StructuralSchema alternative : schema.oneOf) {
                Outcome tried = value(alternative, value, null, path);
                if (tried.isValid()) {
                    valid++;
                    best = null;
                } else if (valid == 0 && (best == null || tried.matches > best.matches)) {
                    best = tried;
                }
            }
            if (valid != 1) {
                out.plain(shown + " must validate one and only one schema (oneOf). Found "
                        + (valid == 0 ? "none valid" : valid + " valid alternatives"));
                if (best != null) {
                    out.merge(best);
                }
            }
        }
        if (!schema.allOf.isEmpty()) {
            int valid = 0;
            for (StructuralSchema part : schema.allOf) {
                Outcome tried = value(part, value, null, path);
                valid += tried.isValid() ? 1 : 0;
                out.merge(tried);
            }
            if (valid < schema.allOf.size()) {
                out.plain(shown + " must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
            }
        }
        if (schema.not != null && value(schema.not, value, null, path).isValid()) {
            out.plain(shown + " must not validate the schema (not)");
        }
    }

    private static void enumeration(StructuralSchema schema, Value value, ValuePath path, Outcome out) {
        ArrayValue allowed = schema.enumValues;
        if (allowed == null) {
            return;
        }
        out.matches++;
        List<String> texts = new ArrayList<>();
        for (Value one : allowed) {
            if (one.equals(value)) {
                return;
            }
            String text = one.asString();
            texts.add(text == null ? one.toString() : text);
        }
        out.errors.notSupported(path, value, texts);
    }

    private static void text(StructuralSchema schema, String text, ValuePath path, Outcome out) {
        out.matches++;
        int length = text.codePointCount(0, text.length());
        StructuralSchema.Bounds bounds = schema.bounds;
        if (bounds.maxLength() != null && length > bounds.maxLength()) {
            out.errors.tooLong(path, bounds.maxLength().intValue());
        } else if (bounds.minLength() != null && length < bounds.minLength()) {
            out.errors.invalid(path, text, in(path) + "should be at least " + bounds.minLength() + " chars long");
        } else if (schema.pattern != null && !schema.pattern.matcher(text).find()) {
            out.errors.invalid(path, text, in(path) + "should match '" + schema.patternText + "'");
        }
        if (!Formats.fits(schema.format, text)) {
            wrongFormat(schema.format, text, path, out);
        }
    }

    private static void wrongFormat(String format, String text, ValuePath path, Outcome out) {
        String shown = GoText.quote(text);
        out.errors.typeInvalid(path, shown, in(path) + "must be of type " + format + ": " + shown);
    }

    private static void items(
            StructuralSchema schema, ArrayValue array, @Nullable ArrayValue old, ValuePath path, Outcome out) {
        out.matches++;
        StructuralSchema items = schema.items;
        if (items != null) {
            Map<Value, Value> before = old == null ? Map.of() : ListInvariants.byKeys(old, schema);
            for (int i = 0; i < array.size(); i++) {
                Value key = before.isEmpty() ? null : ListInvariants.keys(array.get(i), schema);
                out.merge(value(items, array.get(i), key == null ? null : before.get(key), path.index(i)));
            }
        }
        StructuralSchema.Bounds bounds = schema.bounds;
        if (bounds.minItems() != null && array.size() < bounds.minItems()) {
            out.errors.invalid(path, array.size(), in(path) + "should have at least " + bounds.minItems() + " items");
        }
        if (bounds.maxItems() != null && array.size() > bounds.maxItems()) {
            out.errors.tooMany(path, array.size(), bounds.maxItems().intValue());
        }
    }

    private static void members(
            StructuralSchema schema, ObjectValue object, @Nullable ObjectValue old, ValuePath path, Outcome out) {
        out.matches++;
        StructuralSchema.Bounds bounds = schema.bounds;
        if (bounds.minProperties() != null && object.size() < bounds.minProperties()) {
            out.errors.invalid(
                    path, object.size(), in(path) + "should have at least " + bounds.minProperties() + " properties");
        }
        if (bounds.maxProperties() != null && object.size() > bounds.maxProperties()) {
            out.errors.tooMany(path, object.size(), bounds.maxProperties().intValue());
        }
        StructuralSchema rest = schema.additional;
        if (rest != null && rest != StructuralSchema.ANYTHING) {
            for (ObjectValue.Member member : object) {
                if (!schema.properties.containsKey(member.key())) {
                    Value before = old == null ? null : old.get(member.key());
                    out.merge(value(rest, member.value(), before, path.field(member.key())));
                }
            }
        }
        for (Map.Entry<String, StructuralSchema> property : schema.properties.entrySet()) {
            Value member = object.get(property.getKey());
            if (member != null) {
                Value before = old == null ? null : old.get(property.getKey());
                out.merge(value(property.getValue(), member, before, path.field(property.getKey())));
            }
        }
        for (String name : schema.required) {
            if (!object.has(name)) {
                out.errors.required(path.field(name), "");
            }
        }
    }
}
