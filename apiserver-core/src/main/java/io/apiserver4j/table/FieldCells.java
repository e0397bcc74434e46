// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells that show fields as they are. The fact says {@code FORM PATH}, and what to show for a field that is missing
 * ({@code else TEXT}) or missing or empty ({@code or TEXT}):
 *
 * <ul>
 *   <li>{@code text}, {@code int}, {@code bool}: the field; by default the empty text, 0 and false
 *   <li>{@code truth}: True or False
 *   <li>{@code quantity}: an amount; by default 0
 *   <li>{@code since}: the age of a timestamp
 *   <li>{@code join}: the items of a list, with commas
 *   <li>{@code count}: how many items or members all of the paths have together
 *   <li>{@code ratio}: two numbers, {@code 1/3}
 *   <li>{@code labels}, {@code selector}: as text, or {@code <none>}
 *   <li>{@code names}, {@code images}: of a list of containers, with commas
 * </ul>
 */
final class FieldCells {
    private FieldCells() {}

    /** The cell that a fact describes, or null where it does not start with one of the forms. */
    static @Nullable Cell parse(String fact) {
        int space = fact.indexOf(' ');
        if (space < 0) {
            return null;
        }
        String rest = fact.substring(space + 1);
        int orElse = after(rest, " else");
        int orEmpty = after(rest, " or");
        int cut = Math.max(orElse, orEmpty);
        String otherwise = cut < 0 ? null : rest.substring(cut).trim();
        String paths = orElse >= 0
                ? rest.substring(0, orElse - " else".length())
                : orEmpty >= 0 ? rest.substring(0, orEmpty - " or".length()) : rest;
        List<String[]> fields = new ArrayList<>();
        for (String path : paths.trim().split(" ")) {
            if (!path.startsWith(".")) {
                throw new IllegalArgumentException("not a path: " + path);
            }
            fields.add(path.substring(1).split("\\."));
        }
        return cell(fact.substring(0, space), fields, otherwise, orEmpty >= 0);
    }

    private static int after(String text, String word) {
        int at = (text + " ").indexOf(word + " ");
        return at < 0 ? -1 : at + word.length();
    }

    private static @Nullable Cell cell(String form, List<String[]> paths, @Nullable String otherwise, boolean orEmpty) {
        String[] path = paths.get(0);
        return switch (form) {
            case "text" -> text(path, otherwise == null ? "" : otherwise, orEmpty);
            case "int" -> orElse(path, otherwise == null ? Value.of(0) : Value.of(otherwise), FieldCells::integer);
            case "bool" -> orElse(path, Value.of("true".equals(otherwise)), value -> value);
            case "truth" ->
                orElse(
                        path,
                        Value.of(otherwise == null ? "False" : otherwise),
                        value -> Value.of(Boolean.TRUE.equals(value.asBoolean()) ? "True" : "False"));
            case "quantity" ->
                orElse(path, Value.of(otherwise == null ? "0" : otherwise), value -> Value.of(Amounts.text(value)));
            case "since" -> since(path, otherwise == null ? HumanForms.UNKNOWN : otherwise);
            case "join" -> join(path, otherwise == null ? "" : otherwise);
            case "count" -> count(paths);
            case "ratio" -> ratio(path, paths.get(1));
            case "labels" -> row -> Value.of(SelectorText.labels(row.object().objectAt(path)));
            case "selector" ->
                row -> Value.of(LabelSelector.printed(row.object().at(path)));
            case "names" -> members(path, "name");
            case "images" -> members(path, "image");
            default -> null;
        };
    }

    private interface Shown {
        Value of(Value value);
    }

    private static Cell orElse(String[] path, Value otherwise, Shown shown) {
        return row -> {
            Value value = row.object().at(path);
            return value == null || value.isNull() ? otherwise : shown.of(value);
        };
    }

    private static Value integer(Value value) {
        return value.asNumber() == null ? Value.of(0) : value;
    }

    private static Cell text(String[] path, String otherwise, boolean orEmpty) {
        return row -> {
            Value value = row.object().at(path);
            if (value == null || value.isNull()) {
                return Value.of(otherwise);
            }
            String text = value.asString() == null ? value.toString() : value.asString();
            return Value.of(orEmpty && text.isEmpty() ? otherwise : text);
        };
    }

    private static Cell since(String[] path, String otherwise) {
        return row -> {
            Value value = row.object().at(path);
            return Value.of(
                    value == null || value.isNull() ? otherwise : HumanForms.since(value.asString(), row.now()));
        };
    }

    private static Cell join(String[] path, String otherwise) {
        return row -> {
            String text = String.join(",", array(row.object(), path).strings());
            return Value.of(text.isEmpty() ? otherwise : text);
        };
    }

    private static Cell count(List<String[]> paths) {
        return row -> {
            long count = 0;
            for (String[] path : paths) {
                count += row.object().objectAt(path).size()
                        + array(row.object(), path).size();
            }
            return Value.of(count);
        };
    }

    private static Cell ratio(String[] part, String[] whole) {
        return row -> Value.of(number(row.object(), part) + "/" + number(row.object(), whole));
    }

    private static Cell members(String[] path, String member) {
        return row -> {
            List<String> texts = new ArrayList<>();
            for (ObjectValue item : array(row.object(), path).objects()) {
                texts.add(item.stringOrEmpty(member));
            }
            return Value.of(String.join(",", texts));
        };
    }

    private static ArrayValue array(ObjectValue object, String[] path) {
        Value value = object.at(path);
        ArrayValue array = value == null ? null : value.asArray();
        return array == null ? ArrayValue.EMPTY : array;
    }

    private static long number(ObjectValue object, String[] path) {
        Value value = object.at(path);
        return value == null || value.asNumber() == null ? 0 : value.asNumber().longValue();
    }
}
