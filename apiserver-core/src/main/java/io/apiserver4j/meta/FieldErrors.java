// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Broken rules in the order they were found. Texts are those of Kubernetes' field errors (k8s.io/apimachinery
 * util/validation/field). Not safe for use by several threads.
 *
 * <p>How a value is printed depends on its Go type, which only the caller knows: plain texts by {@link GoText#quote},
 * texts of a named type (enums, uids) and everything composed as JSON ({@link #json}). For the common cases there are
 * overloads; the {@code …Shown} methods take what was printed by other means.
 */
public final class FieldErrors {
    private final List<FieldError> found = new ArrayList<>(0);

    /** A required field is missing; {@code detail} may be empty. */
    public void required(ValuePath path, String detail) {
        add(FieldError.Type.REQUIRED, path, null, detail);
    }

    /** A value breaks a rule. */
    public void invalid(ValuePath path, Value value, String detail) {
        add(FieldError.Type.INVALID, path, shown(value), detail);
    }

    /** A text breaks a rule. */
    public void invalid(ValuePath path, String value, String detail) {
        add(FieldError.Type.INVALID, path, GoText.quote(value), detail);
    }

    /** A number breaks a rule. */
    public void invalid(ValuePath path, long value, String detail) {
        add(FieldError.Type.INVALID, path, Long.toString(value), detail);
    }

    /** A text breaks one or more rules: one error each, as the lists of {@link NameRules} say. */
    public void invalidAll(ValuePath path, String value, List<String> details) {
        for (String detail : details) {
            invalid(path, value, detail);
        }
    }

    /** A value breaks a rule; {@code shown} is how the message prints it. */
    public void invalidShown(ValuePath path, String shown, String detail) {
        add(FieldError.Type.INVALID, path, shown, detail);
    }

    /** Something breaks a rule that the message does not print. */
    public void invalidOmitted(ValuePath path, String detail) {
        add(FieldError.Type.INVALID, path, null, detail);
    }

    /** A value of the wrong type; {@code shown} is how the message prints it. */
    public void typeInvalid(ValuePath path, String shown, String detail) {
        add(FieldError.Type.TYPE_INVALID, path, shown, detail);
    }

    /** A value that must be unique comes again. */
    public void duplicate(ValuePath path, String value) {
        duplicateShown(path, GoText.quote(value), "");
    }

    /** A value that must be unique comes again. */
    public void duplicate(ValuePath path, Value value) {
        duplicateShown(path, shown(value), "");
    }

    /** A value that must be unique comes again; {@code detail} may be empty. */
    public void duplicateShown(ValuePath path, String shown, String detail) {
        add(FieldError.Type.DUPLICATE, path, shown, detail);
    }

    /** The field may not be set, or not be set so. */
    public void forbidden(ValuePath path, String detail) {
        add(FieldError.Type.FORBIDDEN, path, null, detail);
    }

    /** A value is none of a closed set; the set is shown in the given order. */
    public void notSupported(ValuePath path, String value, Collection<String> supported) {
        notSupportedShown(path, GoText.quote(value), supported);
    }

    /** As {@link #notSupported(ValuePath, String, Collection)}, for a value of any type. */
    public void notSupported(ValuePath path, Value value, Collection<String> supported) {
        notSupportedShown(path, shown(value), supported);
    }

    /** As {@link #notSupported(ValuePath, String, Collection)}; {@code shown} is how the message prints the value. */
    public void notSupportedShown(ValuePath path, String shown, Collection<String> supported) {
        StringBuilder detail = new StringBuilder();
        String separator = "supported values: ";
        for (String one : supported) {
            detail.append(separator).append(GoText.quote(one));
            separator = ", ";
        }
        add(FieldError.Type.NOT_SUPPORTED, path, shown, detail.toString());
    }

    /** As {@link #notSupported(ValuePath, String, Collection)}, the set shown in alphabetical order. */
    public void notSupportedSorted(ValuePath path, String value, Collection<String> supported) {
        notSupported(path, value, new TreeSet<>(supported));
    }

    /** A reference leads nowhere. */
    public void notFound(ValuePath path, String value) {
        add(FieldError.Type.NOT_FOUND, path, GoText.quote(value), "");
    }

    /** A reference leads nowhere. */
    public void notFound(ValuePath path, Value value) {
        add(FieldError.Type.NOT_FOUND, path, shown(value), "");
    }

    /** A text has more bytes than allowed; a negative maximum is not told. */
    public void tooLong(ValuePath path, int maximum) {
        tooLong(path, maximum, "byte");
    }

    /** A text has more characters than allowed; a negative maximum is not told. */
    public void tooLongCharacters(ValuePath path, int maximum) {
        tooLong(path, maximum, "character");
    }

    private void tooLong(ValuePath path, int maximum, String unit) {
        String detail = maximum < 0 ? "value is too long" : "may not be more than " + count(maximum, unit);
        add(FieldError.Type.TOO_LONG, path, null, detail);
    }

    /** A text has fewer characters than needed; a negative minimum is not told. */
    public void tooShort(ValuePath path, int minimum) {
        String detail = minimum < 0 ? "value is too short" : "must be at least " + count(minimum, "character");
        add(FieldError.Type.TOO_SHORT, path, null, detail);
    }

    /** A list has more items than allowed; negative numbers are not told. */
    public void tooMany(ValuePath path, int actual, int maximum) {
        String detail = maximum < 0 ? "has too many items" : "must have at most " + count(maximum, "item");
        add(FieldError.Type.TOO_MANY, path, actual < 0 ? null : Integer.toString(actual), detail);
    }

    /** A list has fewer items than needed; a negative minimum is not told. */
    public void tooFew(ValuePath path, int actual, int minimum) {
        String detail = minimum < 0 ? "has too few items" : "must have at least " + count(minimum, "item");
        add(FieldError.Type.TOO_FEW, path, Integer.toString(actual), detail);
    }

    private static String count(int number, String unit) {
        return number + " " + (number == 1 ? unit : unit + "s");
    }

    /** The rule itself could not be checked. */
    public void internal(ValuePath path, String detail) {
        add(FieldError.Type.INTERNAL, path, null, detail);
    }

    /** Adds an error as it is. */
    public void add(FieldError error) {
        found.add(error);
    }

    /** Adds all errors of another collection. */
    public void addAll(FieldErrors others) {
        found.addAll(others.found);
    }

    private void add(FieldError.Type type, ValuePath path, @Nullable String shown, String detail) {
        StringBuilder body = new StringBuilder(type.words());
        if (shown != null) {
            body.append(": ").append(shown);
        }
        if (!detail.isEmpty()) {
            body.append(": ").append(detail);
        }
        found.add(new FieldError(type, path.isRoot() ? "<nil>" : path.toString(), body.toString()));
    }

    /**
     * How an untyped value is printed in messages: texts quoted, numbers and booleans plain, null as such, the rest as
     * JSON.
     */
    public static String shown(@Nullable Value value) {
        if (value == null) {
            return "null";
        }
        String text = value.asString();
        if (text != null) {
            return GoText.quote(text);
        }
        NumberValue number = value.asNumber();
        return number != null ? number.plain() : value.toString();
    }

    /** How a text of a named Go type, or behind a pointer, is printed: as JSON. */
    public static String json(String text) {
        return Value.of(text).toString();
    }

    /** How a list of texts is printed: as JSON. */
    public static String json(List<String> texts) {
        return ArrayValue.ofStrings(texts).toString();
    }

    /** True where no rule was broken. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** The errors found so far, in order; a copy. */
    public List<FieldError> list() {
        return List.copyOf(found);
    }

    /** Number of errors found so far. */
    public int size() {
        return found.size();
    }

    /** All texts as one: alone as it is, several in brackets, the same text once. */
    public String aggregate() {
        Set<String> texts = new LinkedHashSet<>();
        for (FieldError error : found) {
            texts.add(error.toString());
        }
        if (texts.size() == 1) {
            return texts.iterator().next();
        }
        return texts.isEmpty() ? "" : "[" + String.join(", ", texts) + "]";
    }
}
