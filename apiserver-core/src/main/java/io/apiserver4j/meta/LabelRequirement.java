// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of a {@link LabelSelector}: what the label of a key must be. Requirements are made by
 * {@link #of} only, so that each is known to be sound.
 */
public final class LabelRequirement {
    /** How a label is compared. */
    public enum Operator {
        EQUALS("="),
        DOUBLE_EQUALS("=="),
        NOT_EQUALS("!="),
        IN("in"),
        NOT_IN("notin"),
        EXISTS("exists"),
        DOES_NOT_EXIST("!"),
        GREATER_THAN("gt"),
        LESS_THAN("lt");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        /** The word that messages use. */
        public String word() {
            return word;
        }
    }

    private final String key;
    private final Operator operator;
    private final List<String> values;
    private final long bound;

    private LabelRequirement(String key, Operator operator, List<String> values) {
        this.key = key;
        this.operator = operator;
        this.values = values;
        this.bound = isNumeric(operator) ? GoNumbers.parseInt(values.get(0)) : 0;
    }

    /**
     * A requirement, checked: key and values must be those of labels, and as many as the operator needs.
     *
     * @throws ApiException 400 with all that is wrong, as field errors in one text
     */
    public static LabelRequirement of(String key, Operator operator, List<String> values) {
        return of(key, operator, values, values);
    }

    static LabelRequirement of(String key, Operator operator, List<String> values, @Nullable List<String> shownValues) {
        FieldErrors errors = new FieldErrors();
        List<String> keyProblems = NameRules.qualifiedName(key);
        if (!keyProblems.isEmpty()) {
            errors.invalid(ValuePath.of("key"), key, String.join("; ", keyProblems));
        }
        ValuePath path = ValuePath.of("values");
        String count = countProblem(operator, values.size());
        if (count != null) {
            errors.invalidShown(path, shownValues == null ? "null" : FieldErrors.json(shownValues), count);
        }
        if (isNumeric(operator)) {
            for (int i = 0; i < values.size(); i++) {
                if (!GoNumbers.isInt(values.get(i))) {
                    errors.invalid(
                            path.index(i), values.get(i), "for 'Gt', 'Lt' operators, the value must be an integer");
                }
            }
        }
        for (int i = 0; i < values.size(); i++) {
            List<String> problems = NameRules.labelValue(values.get(i));
            if (!problems.isEmpty()) {
                errors.invalid(path.index(i).key(key), values.get(i), String.join("; ", problems));
            }
        }
        if (!errors.isEmpty()) {
            throw Status.badRequest(errors.aggregate()).asException();
        }
        return new LabelRequirement(key, operator, List.copyOf(values));
    }

    /** A requirement that is taken as sound. */
    static LabelRequirement unchecked(String key, Operator operator, List<String> values) {
        return new LabelRequirement(key, operator, values);
    }

    private static @Nullable String countProblem(Operator operator, int count) {
        return switch (operator) {
            case IN, NOT_IN -> count == 0 ? "for 'in', 'notin' operators, values set can't be empty" : null;
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS ->
                count != 1 ? "exact-match compatibility requires one single value" : null;
            case EXISTS, DOES_NOT_EXIST -> count != 0 ? "values set must be empty for exists and does not exist" : null;
            case GREATER_THAN, LESS_THAN ->
                count != 1 ? "for 'Gt', 'Lt' operators, exactly one value is required" : null;
        };
    }

    private static boolean isNumeric(Operator operator) {
        return operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN;
    }

    /** The key of the label. */
    public String key() {
        return key;
    }

    /** How it is compared. */
    public Operator operator() {
        return operator;
    }

    /** With what it is compared, as given. */
    public List<String> values() {
        return values;
    }

    /** True where labels satisfy this requirement. */
    public boolean matches(ObjectValue labels) {
        Value label = labels.get(key);
        return matches(label == null ? null : label.asString());
    }

    /** True where a label of this key has the value, or is not there where the value is null, as required. */
    boolean matches(@Nullable String label) {
        return switch (operator) {
            case EQUALS, DOUBLE_EQUALS, IN -> label != null && values.contains(label);
            case NOT_EQUALS, NOT_IN -> label == null || !values.contains(label);
            case EXISTS -> label != null;
            case DOES_NOT_EXIST -> label == null;
            case GREATER_THAN -> label != null && GoNumbers.isInt(label) && GoNumbers.parseInt(label) > bound;
            case LESS_THAN -> label != null && GoNumbers.isInt(label) && GoNumbers.parseInt(label) < bound;
        };
    }

    /** The value that the label must have, or null where more than one would do. */
    @Nullable
    String exactValue() {
        boolean exact = operator == Operator.EQUALS || operator == Operator.DOUBLE_EQUALS || operator == Operator.IN;
        return exact && values.size() == 1 ? values.get(0) : null;
    }

    /** The canonical text: values sorted. */
    @Override
    public String toString() {
        return switch (operator) {
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> key + operator.word() + sortedValues();
            case GREATER_THAN -> key + ">" + sortedValues();
            case LESS_THAN -> key + "<" + sortedValues();
            case IN, NOT_IN -> key + " " + operator.word() + " (" + sortedValues() + ")";
        };
    }

    private String sortedValues() {
        if (values.size() == 1) {
            return values.get(0);
        }
        List<String> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return String.join(",", sorted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelRequirement that
                && key.equals(that.key)
                && operator == that.operator
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return (key.hashCode() * 31 + operator.hashCode()) * 31 + values.hashCode();
    }
}
