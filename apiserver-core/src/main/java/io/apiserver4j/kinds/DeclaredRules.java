// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules that Kubernetes has from declarations beside its types and not from code. They are facts ({@code facts/declared.json}):
 * by type, each field with its shape ({@code []X}, {@code {}X}, {@code *X}, {@code X}, {@code string}) and its rules. Their
 * errors come after all others, and what a change leaves alone is not checked again.
 *
 * <p>A rule's name: {@code required}, {@code immutable}, {@code noModify}, {@code maxItems=n}, {@code maxLength=n},
 * {@code maxBytes=n}, {@code unique} or {@code unique=members}, {@code keys=format}, {@code enum=a,b}, or a format. The field
 * {@code @} lists the members of which a type has exactly one.
 */
public final class DeclaredRules {
    private record Rule(String name, String argument) {
        static Rule of(String text) {
            int equals = text.indexOf('=');
            return equals < 0 ? new Rule(text, "") : new Rule(text.substring(0, equals), text.substring(equals + 1));
        }

        int number() {
            return Integer.parseInt(argument);
        }
    }

    private record Field(String name, String shape, List<Rule> rules) {
        static Field of(String name, String text) {
            String[] words = text.split(" ");
            List<Rule> rules = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                rules.add(Rule.of(words[i]));
            }
            return new Field(name, words[0], List.copyOf(rules));
        }

        @Nullable
        Rule rule(String wanted) {
            for (Rule rule : rules) {
                if (rule.name().equals(wanted)) {
                    return rule;
                }
            }
            return null;
        }
    }

    private static final class Facts {
        static final Map<String, List<Field>> TYPES = read();

        private static Map<String, List<Field>> read() {
            Map<String, List<Field>> types = new HashMap<>();
            ObjectValue facts = BuiltinCatalog.read("declared.json");
            for (ObjectValue.Member type : facts) {
                List<Field> fields = new ArrayList<>();
                facts.objectOrEmpty(type.key()).strings().forEach((name, text) -> fields.add(Field.of(name, text)));
                types.put(type.key(), List.copyOf(fields));
            }
            return types;
        }
    }

    private DeclaredRules() {}

    /**
     * Checks an object of a type.
     *
     * @param current the object before, null where it is new
     */
    public static void check(String type, ObjectValue updated, @Nullable ObjectValue current, FieldErrors errors) {
        type(type, updated, current, ValuePath.ROOT, errors);
    }

    private static void type(
            String type, ObjectValue now, @Nullable ObjectValue before, ValuePath path, FieldErrors errors) {
        List<Field> fields = Facts.TYPES.get(type);
        if (fields == null) {
            throw new IllegalArgumentException("no declarations of " + type);
        }
        for (Field field : fields) {
            if (field.name().equals("@")) {
                union(List.of(field.shape().split(",")), now, before, path, errors);
            } else {
                field(field, now, before, path.field(field.name()), errors);
            }
        }
    }

    private static void union(
            List<String> members, ObjectValue now, @Nullable ObjectValue before, ValuePath path, FieldErrors errors) {
        List<String> set =
                members.stream().filter(name -> isPresent(now.get(name))).toList();
        if (before != null
                && set.equals(members.stream()
                        .filter(name -> isPresent(before.get(name)))
                        .toList())) {
            return;
        }
        String all = "`" + String.join("`, `", members) + "`";
        if (set.size() > 1) {
            errors.invalid(path, "{" + String.join(", ", set) + "}", "must specify exactly one of: " + all);
        } else if (set.isEmpty()) {
            errors.invalid(path, "", "must specify one of: " + all);
        }
    }

    private static boolean isPresent(@Nullable Value value) {
        return value != null && !value.isNull();
    }

    private static boolean isEmpty(@Nullable Value value) {
        return !isPresent(value)
                || "".equals(Objects.requireNonNull(value).asString())
                || ArrayValue.EMPTY.equals(value);
    }

    private static void field(
            Field field, ObjectValue now, @Nullable ObjectValue before, ValuePath path, FieldErrors errors) {
        Value value = now.get(field.name());
        Value old = before == null ? null : before.get(field.name());
        if (before != null && !FieldChecks.changed(value, old)) {
            return;
        }
        boolean map = field.shape().startsWith("{}");
        if (isEmpty(value) || map && ObjectValue.EMPTY.equals(value)) {
            if (field.rule("required") != null) {
                errors.required(path, "");
                return;
            }
            boolean always = !map && Character.isUpperCase(field.shape().charAt(0));
            if (!always) {
                return;
            }
        }
        if (!refused(field, value, before, old, path, errors)) {
            content(field, value == null ? ObjectValue.EMPTY : value, before == null ? null : old, path, errors);
        }
    }

    /** Rules after which nothing else of a field is looked at. */
    private static boolean refused(
            Field field,
            @Nullable Value value,
            @Nullable ObjectValue before,
            @Nullable Value old,
            ValuePath path,
            FieldErrors errors) {
        if (before != null && field.rule("immutable") != null) {
            errors.invalidShown(path, "null", FieldChecks.IMMUTABLE);
            return true;
        }
        if (isPresent(old) && isPresent(value) && field.rule("noModify") != null) {
            errors.invalidShown(path, "null", "field cannot be modified once set");
            return true;
        }
        Rule most = field.rule("maxItems");
        ArrayValue items = value == null ? null : value.asArray();
        if (most != null && items != null && items.size() > most.number()) {
            errors.tooMany(path, items.size(), most.number());
            return true;
        }
        return false;
    }

    private static void content(Field field, Value value, @Nullable Value old, ValuePath path, FieldErrors errors) {
        ArrayValue items = value.asArray();
        ObjectValue object = value.asObject();
        String text = value.asString();
        if (items != null) {
            items(field, items, old == null ? null : old.asArray(), path, errors);
        } else if (text != null) {
            field.rules().forEach(rule -> text(rule, text, path, errors));
        } else if (object != null) {
            object(field, object, old == null ? null : old.asObject(), path, errors);
        }
    }

    private static void items(
            Field field, ArrayValue items, @Nullable ArrayValue old, ValuePath path, FieldErrors errors) {
        Rule unique = field.rule("unique");
        List<String> keys = unique == null || unique.argument().isEmpty()
                ? List.of()
                : List.of(unique.argument().split(","));
        if (unique != null) {
            for (int i = 0; i < items.size(); i++) {
                if (first(items, items.get(i), keys) < i) {
                    errors.duplicate(path.index(i), items.get(i));
                }
            }
        }
        String type = field.shape().substring(2);
        for (int i = 0; i < items.size() && !type.equals("any"); i++) {
            int match = old == null || keys.isEmpty() ? -1 : first(old, items.get(i), keys);
            ObjectValue before = match < 0 || old == null ? null : old.objectAt(match);
            if (!items.get(i).equals(before)) {
                type(type, items.objectAt(i), before, path.index(i), errors);
            }
        }
    }

    /** Where a list has its first item that is the same by some members, or as a whole; -1 where it has none. */
    private static int first(ArrayValue items, Value wanted, List<String> keys) {
        for (int i = 0; i < items.size(); i++) {
            if (keys.isEmpty() ? items.get(i).equals(wanted) : sameKeys(items.objectAt(i), wanted.asObject(), keys)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sameKeys(ObjectValue item, @Nullable ObjectValue wanted, List<String> keys) {
        return wanted != null
                && keys.stream().allMatch(key -> item.stringOrEmpty(key).equals(wanted.stringOrEmpty(key)));
    }

    private static void object(
            Field field, ObjectValue object, @Nullable ObjectValue old, ValuePath path, FieldErrors errors) {
        String shape = field.shape();
        if (!shape.startsWith("{}")) {
            type(shape.startsWith("*") ? shape.substring(1) : shape, object, old, path, errors);
            return;
        }
        Rule keys = field.rule("keys");
        for (ObjectValue.Member member : object.sorted()) {
            Value before = old == null ? null : old.get(member.key());
            if (keys != null && before == null) {
                DeclaredFormats.check(keys.argument(), member.key(), path, errors);
            }
            ObjectValue tree = member.value().asObject();
            if (!shape.equals("{}any") && tree != null && !tree.equals(before)) {
                type(
                        shape.substring(2),
                        tree,
                        before == null ? null : before.asObject(),
                        path.key(member.key()),
                        errors);
            }
        }
    }

    private static void text(Rule rule, String text, ValuePath path, FieldErrors errors) {
        switch (rule.name()) {
            case "required" -> {}
            case "maxLength" -> {
                if (text.codePointCount(0, text.length()) > rule.number()) {
                    errors.tooLongCharacters(path, rule.number());
                }
            }
            case "maxBytes" -> {
                if (GoText.byteLength(text) > rule.number()) {
                    errors.tooLong(path, rule.number());
                }
            }
            case "enum" -> Choice.of(rule.argument().split(",")).check(text, path, errors);
            default -> DeclaredFormats.check(rule.name(), text, path, errors);
        }
    }
}
