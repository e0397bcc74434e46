// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which objects are meant, by a few of their fields: all requirements hold. Which fields there are is the kind's business.
 * Immutable.
 */
public final class FieldSelector {
    private static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private final List<Requirement> requirements;

    /**
     * One requirement.
     *
     * @param field the name of the field, such as {@code metadata.name}
     * @param value the value to compare with, without escapes
     * @param equal whether the field must be equal or not equal
     */
    public record Requirement(String field, String value, boolean equal) {
        /** The text of this requirement, special characters of the value escaped. */
        @Override
        public String toString() {
            return field + (equal ? "=" : "!=") + escape(value);
        }
    }

    private FieldSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /** The selector of all objects. */
    public static FieldSelector everything() {
        return EVERYTHING;
    }

    /** A selector of these requirements, in this order. */
    public static FieldSelector of(List<Requirement> requirements) {
        return requirements.isEmpty() ? EVERYTHING : new FieldSelector(List.copyOf(requirements));
    }

    /** The selector of objects that have this value in one field. */
    public static FieldSelector equal(String field, String value) {
        return new FieldSelector(List.of(new Requirement(field, value, true)));
    }

    /**
     * Reads the form of query strings: {@code metadata.name=a,spec.nodeName!=b}; commas, equals signs and backslashes in
     * values are escaped by backslashes. Requirements are put into the order of their texts; those without field and value
     * are skipped.
     *
     * @throws ApiException 400 with Kubernetes' text where the text is no selector
     */
    public static FieldSelector parse(String text) {
        if (text.isEmpty()) {
            return EVERYTHING;
        }
        List<String> terms = terms(text);
        terms.sort(null);
        List<Requirement> out = new ArrayList<>(terms.size());
        for (String term : terms) {
            Requirement requirement = term.isEmpty() ? null : requirement(term, text);
            if (requirement != null && !(requirement.field() + requirement.value()).isEmpty()) {
                out.add(requirement);
            }
        }
        return of(out);
    }

    private static List<String> terms(String text) {
        List<String> out = new ArrayList<>(2);
        int start = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == ',') {
                out.add(text.substring(start, i));
                start = i + 1;
            }
        }
        out.add(text.substring(start));
        return out;
    }

    private static Requirement requirement(String term, String selector) {
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (c == '=') {
                int value = term.startsWith("==", i) ? i + 2 : i + 1;
                return new Requirement(term.substring(0, i), unescape(term.substring(value)), true);
            }
            if (c == '!' && term.startsWith("!=", i)) {
                return new Requirement(term.substring(0, i), unescape(term.substring(i + 2)), false);
            }
        }
        throw bad("invalid selector: '" + selector + "'; can't understand '" + term + "'");
    }

    /** The value with a backslash before each backslash, comma and equals sign. */
    public static String escape(String value) {
        StringBuilder out = new StringBuilder(value.length() + 4);
        for (int i = 0; i < value.length(); i++) {
            if (isSpecial(value.charAt(i))) {
                out.append('\\');
            }
            out.append(value.charAt(i));
        }
        return out.toString();
    }

    private static String unescape(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isSpecial(c)) {
                out.append(c);
            } else if (c != '\\') {
                throw bad("invalid field selector: unescaped character in value: " + (int) c);
            } else if (++i == value.length()) {
                throw bad("invalid field selector: invalid escape sequence: \\");
            } else if (isSpecial(value.charAt(i))) {
                out.append(value.charAt(i));
            } else {
                int end = value.offsetByCodePoints(i, 1);
                throw bad("invalid field selector: invalid escape sequence: \\" + value.substring(i, end));
            }
        }
        return out.toString();
    }

    private static boolean isSpecial(char c) {
        return c == '\\' || c == ',' || c == '=';
    }

    /**
     * 400: a field that no object of the kind can be selected by.
     *
     * @param words what the kind says of it: {@code %s} stands for the field, {@code %q} for the field in quotes
     */
    public static ApiException notSupported(String words, String field) {
        return bad(words.replace("%s", field).replace("%q", GoText.quote(field)));
    }

    /** 400: a field that the conversion of a kind without fields of its own does not know. */
    public static ApiException notKnown(String field) {
        return bad(
                GoText.quote(field) + " is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }

    /**
     * True where the fields of an object satisfy all requirements.
     *
     * @param fields gives the value of a field; null is as good as empty
     */
    public boolean matches(Function<String, ? extends @Nullable String> fields) {
        for (int i = 0; i < requirements.size(); i++) {
            Requirement requirement = requirements.get(i);
            String value = fields.apply(requirement.field());
            if (requirement.value().equals(value == null ? "" : value) != requirement.equal()) {
                return false;
            }
        }
        return true;
    }

    /** True where every object is selected. */
    public boolean isEverything() {
        return requirements.isEmpty();
    }

    /** The requirements, in order. */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** The value that a field must have to be selected, or null where none is asked for. */
    public @Nullable String exactValue(String field) {
        for (Requirement requirement : requirements) {
            if (requirement.equal() && requirement.field().equals(field)) {
                return requirement.value();
            }
        }
        return null;
    }

    /** The canonical text, which {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Requirement requirement : requirements) {
            if (out.length() > 0) {
                out.append(',');
            }
            out.append(requirement);
        }
        return out.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSelector that && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return requirements.hashCode();
    }

    private static ApiException bad(String text) {
        return Status.badRequest(text).asException();
    }
}
