// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

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
 * Broken rules in the order they were found. Texts are those of Kubernetes' field errors. Not safe for use by several
 * threads.
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

    /** A value breaks a rule; {@code shown} is how the message prints it. */
    public void invalidShown(ValuePath path, String shown, String detail) {
        add(FieldError.Type.INVALID, path, shown, detail);
    }

    /** A value of the wrong type; {@code shown} is how the message prints it. */
    public void typeInvalid(ValuePath path, String shown, String detail) {
        add(FieldError.Type.TYPE_INVALID, path, shown, detail);
    }

    /** A value that must be unique comes again. */
    public void duplicate(ValuePath path, String value) {
        add(FieldError.Type.DUPLICATE, path, GoText.quote(value), "");
    }

    /** A value that must be unique comes again. */
    public void duplicate(ValuePath path, Value value) {
        add(FieldError.Type.DUPLICATE, path, shown(value), "");
    }

    /** The field may not be set, or not be set so. */
    public void forbidden(ValuePath path, String detail) {
        add(FieldError.Type.FORBIDDEN, path, null, detail);
    }

    /** A value is none of a closed set; the set is shown in the given order. */
    public void notSupported(ValuePath path, String value, Collection<String> supported) {
        StringBuilder detail = new StringBuilder();
        if (!supported.isEmpty()) {
            detail.append("supported values: ");
            String separator = "";
            for (String one : supported) {
                detail.append(separator).append(GoText.quote(one));
                separator = ", ";
            }
        }
        add(FieldError.Type.NOT_SUPPORTED, path, GoText.quote(value), detail.toString());
    }

    /** As {@link #notSupported}, the set shown in alphabetical order. */
    public void notSupportedSorted(ValuePath path, String value, Collection<String> supported) {
        notSupported(path, value, new TreeSet<>(supported));
    }

    /** A reference leads nowhere. */
    public void notFound(ValuePath path, String value) {
        add(FieldError.Type.NOT_FOUND, path, GoText.quote(value), "");
    }

    /** A text has more bytes than allowed. */
    public void tooLong(ValuePath path, int maximum) {
        add(FieldError.Type.TOO_LONG, path, null, "may not be more than " + maximum + " bytes");
    }

    /** A list has more items than allowed. */
    public void tooMany(ValuePath path, int actual, int maximum) {
        add(FieldError.Type.TOO_MANY, path, Integer.toString(actual), "must have at most " + maximum + " items");
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
        String field = path.toString();
        found.add(new FieldError(type, field.isEmpty() ? "<nil>" : field, body.toString()));
    }

    /** How a value is printed in messages: texts quoted, numbers and booleans plain, null as such, the rest as JSON. */
    public static String shown(Value value) {
        String text = value.asString();
        return text != null ? GoText.quote(text) : value.toString();
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
