// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a {@link JsonPath}: from the nodes reached so far to the next ones. */
sealed interface JsonPathStep {
    /** Adds to {@code out} what the step leads to from each of these nodes. */
    void follow(List<Value> from, List<Value> out);

    /** The member of a name; the empty name stays where it is. */
    record Field(String name) implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            for (Value value : from) {
                if (name.isEmpty()) {
                    out.add(value);
                    continue;
                }
                ObjectValue object = value.asObject();
                Value member = object == null ? null : object.get(name);
                if (member != null) {
                    out.add(member);
                }
            }
        }
    }

    /** All members or items. */
    record Wildcard() implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            for (Value value : from) {
                children(value, out);
            }
        }
    }

    /** All nodes below that have children themselves, the start included. */
    record Recursive() implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            for (Value value : from) {
                List<Value> children = new ArrayList<>();
                children(value, children);
                if (!children.isEmpty()) {
                    out.add(value);
                    follow(children, out);
                }
            }
        }
    }

    /** Items of a list by position; an open end is null, a single index is {@code [i, i+1)} and marked. */
    record Slice(
            @Nullable Integer start,
            @Nullable Integer end,
            @Nullable Integer step,
            boolean single) implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            for (Value value : from) {
                if (value.isNull()) {
                    continue;
                }
                ArrayValue array = value.asArray();
                if (array == null) {
                    throw new JsonPathException(value.typeName() + " is not array or slice");
                }
                take(array, out);
            }
        }

        private void take(ArrayValue array, List<Value> out) {
            int size = array.size();
            int first = start == null ? 0 : start < 0 ? start + size : start;
            int last = end == null ? size : end < 0 || (end == 0 && single) ? end + size : end;
            if (first == last) {
                return;
            }
            if (first >= size || first < 0) {
                throw new JsonPathException("array index out of bounds: index " + first + ", length " + size);
            }
            if (last > size || last < 0) {
                throw new JsonPathException("array index out of bounds: index " + (last - 1) + ", length " + size);
            }
            if (first > last) {
                throw new JsonPathException("starting index " + first + " is greater than ending index " + last);
            }
            if (step != null && step <= 0) {
                throw new JsonPathException("step must be > 0");
            }
            for (int i = first; i < last; i += step == null ? 1 : step) {
                out.add(array.get(i));
            }
        }
    }

    /** Several paths from the same place, one after the other. */
    record Union(List<List<JsonPathStep>> branches) implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            for (List<JsonPathStep> branch : branches) {
                out.addAll(JsonPath.walk(from, branch));
            }
        }
    }

    /** A literal: the same value, once ({@code single}) or for each node. */
    record Literal(Value value, boolean single) implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            if (single) {
                out.add(value);
            } else {
                from.forEach(each -> out.add(value));
            }
        }
    }

    /** A word that only templates give a meaning. */
    record Word(String word) implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            throw new JsonPathException("unrecognized identifier " + word);
        }
    }

    /** The items of a list that pass a comparison; without an operator, those where the left path leads somewhere. */
    record Filter(List<JsonPathStep> left, @Nullable String operator, List<JsonPathStep> right)
            implements JsonPathStep {
        @Override
        public void follow(List<Value> from, List<Value> out) {
            for (Value value : from) {
                ArrayValue array = value.asArray();
                if (array == null) {
                    throw new JsonPathException(value.typeName() + " is not array or slice and cannot be filtered");
                }
                for (Value item : array) {
                    if (passes(item)) {
                        out.add(item);
                    }
                }
            }
        }

        private boolean passes(Value item) {
            if (operator == null) {
                try {
                    return !JsonPath.walk(List.of(item), left).isEmpty();
                } catch (JsonPathException doesNotFit) {
                    return false;
                }
            }
            Value mine = only(JsonPath.walk(List.of(item), left));
            Value theirs = mine == null ? null : only(JsonPath.walk(List.of(item), right));
            return mine != null && theirs != null && compare(mine, theirs, operator);
        }

        private static @Nullable Value only(List<Value> found) {
            if (found.size() > 1) {
                throw new JsonPathException("can only compare one element at a time");
            }
            return found.isEmpty() ? null : found.get(0);
        }

        private static boolean compare(Value left, Value right, String operator) {
            boolean ordered = !operator.equals("==") && !operator.equals("!=");
            int sign = order(left, right, ordered);
            return switch (operator) {
                case "==" -> sign == 0;
                case "!=" -> sign != 0;
                case "<" -> sign < 0;
                case "<=" -> sign <= 0;
                case ">" -> sign > 0;
                case ">=" -> sign >= 0;
                default -> throw new JsonPathException("unrecognized filter operator " + operator);
            };
        }

        private static int order(Value left, Value right, boolean ordered) {
            String leftText = left.asString();
            String rightText = right.asString();
            NumberValue leftNumber = left.asNumber();
            NumberValue rightNumber = right.asNumber();
            Boolean leftTruth = left.asBoolean();
            Boolean rightTruth = right.asBoolean();
            if ((leftText == null && leftNumber == null && leftTruth == null)
                    || (rightText == null && rightNumber == null && rightTruth == null)
                    || (ordered && leftTruth != null)) {
                throw new JsonPathException("invalid type for comparison");
            }
            if (leftText != null && rightText != null) {
                return leftText.compareTo(rightText);
            }
            if (leftNumber != null && rightNumber != null && leftNumber.isInteger() == rightNumber.isInteger()) {
                return leftNumber.isInteger()
                        ? Long.compare(leftNumber.longValue(), rightNumber.longValue())
                        : Double.compare(leftNumber.doubleValue(), rightNumber.doubleValue());
            }
            if (leftTruth != null && rightTruth != null) {
                return leftTruth.compareTo(rightTruth);
            }
            throw new JsonPathException("incompatible types for comparison");
        }
    }

    private static void children(Value value, List<Value> out) {
        ObjectValue object = value.asObject();
        if (object != null) {
            for (int i = 0; i < object.size(); i++) {
                out.add(object.valueAt(i));
            }
        }
        ArrayValue array = value.asArray();
        if (array != null) {
            out.addAll(array.items());
        }
    }
}
