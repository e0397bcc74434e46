// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.meta.LabelRequirement.Operator;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which objects are meant, by their labels: all requirements hold. Requirements are kept in the order of their keys, so
 * that equal selectors print equally. Immutable.
 */
public final class LabelSelector {
    private static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);
    private static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

    private final List<LabelRequirement> requirements;
    private final boolean nothing;

    private LabelSelector(List<LabelRequirement> requirements, boolean nothing) {
        this.requirements = requirements;
        this.nothing = nothing;
    }

    /** The selector of all objects. */
    public static LabelSelector everything() {
        return EVERYTHING;
    }

    /** The selector of no object. */
    public static LabelSelector nothing() {
        return NOTHING;
    }

    /** A selector of these requirements. */
    public static LabelSelector of(List<LabelRequirement> requirements) {
        if (requirements.isEmpty()) {
            return EVERYTHING;
        }
        List<LabelRequirement> sorted = new ArrayList<>(requirements);
        sorted.sort(Comparator.comparing(LabelRequirement::key));
        return new LabelSelector(List.copyOf(sorted), false);
    }

    /**
     * Reads the form of query strings: {@code a=b,c in (d,e),!f,g>5}.
     *
     * @throws ApiException 400 with Kubernetes' text where the text is no selector
     */
    public static LabelSelector parse(String text) {
        return text.isEmpty() ? EVERYTHING : of(new LabelSelectorParser(text).parse());
    }

    /**
     * Reads the form of objects (matchLabels and matchExpressions): null selects nothing, an empty selector everything.
     *
     * @throws ApiException 400 with Kubernetes' text where a requirement is not sound
     */
    public static LabelSelector ofObject(@Nullable ObjectValue selector) {
        if (selector == null) {
            return NOTHING;
        }
        List<LabelRequirement> out = new ArrayList<>();
        ObjectValue labels = selector.objectOrEmpty("matchLabels");
        for (int i = 0; i < labels.size(); i++) {
            String value = labels.valueAt(i).asString();
            out.add(LabelRequirement.of(labels.keyAt(i), Operator.EQUALS, List.of(value == null ? "" : value)));
        }
        for (ObjectValue expression : selector.arrayOrEmpty("matchExpressions").objects()) {
            String word = expression.stringOrEmpty("operator");
            Operator operator = switch (word) {
                case "In" -> Operator.IN;
                case "NotIn" -> Operator.NOT_IN;
                case "Exists" -> Operator.EXISTS;
                case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
                default ->
                    throw Status.badRequest(GoText.quote(word) + " is not a valid label selector operator")
                            .asException();
            };
            List<String> values = expression.arrayOrEmpty("values").strings();
            out.add(LabelRequirement.of(
                    expression.stringOrEmpty("key"), operator, values, values.isEmpty() ? null : values));
        }
        return of(out);
    }

    /** The selector of objects that have these labels, taken as they are (services, replication controllers). */
    public static LabelSelector ofLabels(ObjectValue labels) {
        List<LabelRequirement> out = new ArrayList<>(labels.size());
        for (Map.Entry<String, String> label : labels.strings().entrySet()) {
            out.add(LabelRequirement.unchecked(label.getKey(), Operator.EQUALS, List.of(label.getValue())));
        }
        return of(out);
    }

    /** This selector with a further requirement; nothing stays nothing. */
    public LabelSelector and(LabelRequirement requirement) {
        if (nothing) {
            return this;
        }
        List<LabelRequirement> more = new ArrayList<>(requirements);
        more.add(requirement);
        return of(more);
    }

    /** True where labels satisfy all requirements. */
    public boolean matches(ObjectValue labels) {
        for (int i = 0; i < requirements.size(); i++) {
            if (!requirements.get(i).matches(labels)) {
                return false;
            }
        }
        return !nothing;
    }

    /** True where every object is selected. */
    public boolean isEverything() {
        return !nothing && requirements.isEmpty();
    }

    /** True for the selector of no object. */
    public boolean isNothing() {
        return nothing;
    }

    /** The requirements, in the order of their keys. */
    public List<LabelRequirement> requirements() {
        return requirements;
    }

    /** The value that a label must have to be selected, where its first requirement asks for exactly one. */
    public @Nullable String exactValue(String key) {
        for (LabelRequirement requirement : requirements) {
            if (requirement.key().equals(key)) {
                return requirement.exactValue();
            }
        }
        return null;
    }

    /** The canonical text, which {@link #parse} reads; empty for everything and for nothing. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (LabelRequirement requirement : requirements) {
            if (out.length() > 0) {
                out.append(',');
            }
            out.append(requirement);
        }
        return out.toString();
    }

    /** The canonical text of a selector in object form, {@code <none>} for an empty one: columns of tables. */
    public static String printed(@Nullable Value selector) {
        try {
            String text =
                    ofObject(selector == null ? null : selector.asObject()).toString();
            return text.isEmpty() ? "<none>" : text;
        } catch (ApiException e) {
            return "<error>";
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelSelector that && nothing == that.nothing && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return requirements.hashCode() + (nothing ? 1 : 0);
    }
}
