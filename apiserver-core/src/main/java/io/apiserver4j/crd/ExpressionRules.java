// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.cel.CelBudget;
import io.apiserver4j.cel.CelCostException;
import io.apiserver4j.cel.CelEvaluationException;
import io.apiserver4j.cel.CelProgram;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.cel.CelValues;
import io.apiserver4j.cel.SchemaRule;
import io.apiserver4j.cel.SchemaTypes;
import io.apiserver4j.kinds.apiextensions.SchemaFieldPath;
import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of {@code x-kubernetes-validations} in one schema, with the order, texts and limits of apiextensions. What
 * a change did not touch is not blamed, except by rules that look at the value before it. Compiled once; immutable.
 */
final class ExpressionRules {
    private static final String VALIDATIONS = "x-kubernetes-validations";
    private static final int LONGEST_MESSAGE = 5 * 1024;
    private static final String NO_BUDGET =
            "validation failed due to running out of cost budget, no further validation rules will be run";

    private final String type;
    private final @Nullable CelType celType;
    private final List<SchemaRule> rules;
    private final ObjectValue schema;
    private final StructuralSchema structure;
    private final @Nullable ExpressionRules items;
    private final @Nullable ExpressionRules additional;
    private final Map<String, ExpressionRules> properties = new TreeMap<>();

    /** A value and the same before, as far as a change can be followed. */
    private record Change(Value now, @Nullable Value before) {
        boolean isNone() {
            return now.equals(before);
        }
    }

    /** What the values and their holders were before: errors of what stayed as it was are left out. */
    private record Ratchet(
            @Nullable Change current, @Nullable Change holder) {
        static final Ratchet NONE = new Ratchet(null, null);

        boolean forgives() {
            return current != null ? current.isNone() : holder != null && holder.isNone();
        }

        Ratchet member(String name, Value now) {
            if (current == null) {
                return this;
            }
            if (holder == null && (name.equals("apiVersion") || name.equals("kind"))) {
                return NONE;
            }
            ObjectValue object =
                    current.before() == null ? null : current.before().asObject();
            Value before = object == null ? null : object.get(name);
            return new Ratchet(before == null ? null : new Change(now, before), current);
        }

        Ratchet item(Value now, @Nullable Value before) {
            return current == null ? this : new Ratchet(before == null ? null : new Change(now, before), current);
        }
    }

    private ExpressionRules(ObjectValue schema, boolean root) {
        this.schema = schema;
        structure = StructuralSchema.of(schema);
        type = schema.stringOrEmpty("type");
        ArrayValue given = schema.arrayOrEmpty(VALIDATIONS);
        celType = given.isEmpty() ? null : SchemaTypes.of(schema, root);
        rules = celType == null ? List.of() : SchemaRule.compile(given, celType);
        items = of(schema.getObject("items"), false);
        additional = of(schema.getObject("additionalProperties"), false);
        for (ObjectValue.Member property : schema.objectOrEmpty("properties")) {
            ExpressionRules inner = of(property.value().asObject(), false);
            if (inner != null) {
                properties.put(property.key(), inner);
            }
        }
    }

    /** The rules of a schema, or null where it has none. */
    static @Nullable ExpressionRules of(@Nullable ObjectValue schema, boolean root) {
        if (schema == null || !StructuralSchema.of(schema).expressions) {
            return null;
        }
        return new ExpressionRules(schema, root || schema.isTrue("x-kubernetes-embedded-resource"));
    }

    /** Checks an object; {@code old} is the object before an update, or null. */
    void check(ObjectValue object, @Nullable ObjectValue old, FieldErrors errors) {
        Ratchet ratchet = old == null ? Ratchet.NONE : new Ratchet(new Change(object, old), null);
        value(object, old, ratchet, ValuePath.ROOT, CelBudget.of(CelBudget.PER_OBJECT), errors);
    }

    /** False where no further rule is to be looked at. */
    private boolean value(
            Value value, @Nullable Value old, Ratchet ratchet, ValuePath path, CelBudget budget, FieldErrors errors) {
        if (value.isNull()) {
            return true;
        }
        if (!rules.isEmpty() && !expressions(value, old, ratchet, path, budget, errors)) {
            return false;
        }
        if (value instanceof ObjectValue object) {
            ObjectValue before = old == null ? null : old.asObject();
            for (ObjectValue.Member member : object) {
                ExpressionRules named = properties.get(member.key());
                ExpressionRules inner = named == null ? additional : named;
                Value was = before == null ? null : before.get(member.key());
                ValuePath at = named == null ? path.key(member.key()) : path.field(member.key());
                if (inner != null
                        && !inner.value(
                                member.value(),
                                was,
                                ratchet.member(member.key(), member.value()),
                                at,
                                budget,
                                errors)) {
                    return false;
                }
            }
        } else if (value instanceof ArrayValue array && items != null) {
            ArrayValue before = old == null ? null : old.asArray();
            Map<Value, Value> byKeys = before == null ? Map.of() : ListInvariants.byKeys(before, structure);
            for (int i = 0; i < array.size(); i++) {
                Value key = ListInvariants.keys(array.get(i), structure);
                Value was = key == null ? null : byKeys.get(key);
                if (!items.value(array.get(i), was, ratchet.item(array.get(i), was), path.index(i), budget, errors)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean expressions(
            Value value, @Nullable Value old, Ratchet ratchet, ValuePath path, CelBudget budget, FieldErrors errors) {
        if (budget.left() <= 0) {
            invalid(path, NO_BUDGET, errors);
            return false;
        }
        CelType declared = celType == null ? CelType.DYN : celType;
        Object self = read(value, declared);
        Object oldSelf = old == null || old.isNull() ? null : read(old, declared);
        for (SchemaRule rule : rules) {
            CelProgram program = rule.program();
            if (program == null) {
                if (rule.problem() != null) {
                    invalid(path, "rule compile error: " + rule.problem(), errors);
                }
                continue;
            }
            if (rule.usesOldSelf() && oldSelf == null && !rule.hasOptionalOldSelf()) {
                continue;
            }
            Object verdict;
            try {
                verdict = program.evaluate(rule.bindings(self, oldSelf), budget);
            } catch (CelCostException costly) {
                invalid(
                        path,
                        budget.isExhausted()
                                ? NO_BUDGET
                                : "'" + costly.text()
                                        + "': no further validation rules will be run due to call cost exceeds limit for"
                                        + " rule: "
                                        + rule.name(),
                        errors);
                return false;
            } catch (CelEvaluationException failed) {
                if (budget.isExhausted()) {
                    invalid(path, NO_BUDGET, errors);
                    return false;
                }
                invalid(path, told(failed.text(), rule), errors);
                continue;
            }
            if (budget.isExhausted()) {
                invalid(path, NO_BUDGET, errors);
                return false;
            }
            if (!Boolean.TRUE.equals(verdict) && !broken(rule, value, self, oldSelf, ratchet, path, budget, errors)) {
                return false;
            }
        }
        return true;
    }

    private static Object read(Value value, CelType type) {
        return CelValues.of(value, type);
    }

    private static String told(String error, SchemaRule rule) {
        return error.startsWith("no such overload")
                ? "'" + error + "': call arguments did not match a supported operator, function or macro signature for"
                        + " rule: " + rule.name()
                : error + " evaluating rule: " + rule.name();
    }

    private boolean broken(
            SchemaRule rule,
            Value value,
            Object self,
            @Nullable Object oldSelf,
            Ratchet ratchet,
            ValuePath path,
            CelBudget budget,
            FieldErrors errors) {
        ValuePath at = path;
        for (String name : SchemaFieldPath.follow(rule.rule().stringOrEmpty("fieldPath"), schema, true)
                .names()) {
            at = at.field(name);
        }
        boolean forgiven = !rule.usesOldSelf() && ratchet.forgives();
        FieldErrors into = forgiven ? new FieldErrors() : errors;
        String detail = null;
        CelProgram message = rule.message();
        if (message != null) {
            try {
                Object made = message.evaluate(rule.bindings(self, oldSelf), budget);
                detail = usable(made);
            } catch (CelCostException costly) {
                invalid(
                        at,
                        "no further validation rules will be run due to call cost exceeds limit for messageExpression: "
                                + io.apiserver4j.meta.GoText.quote(message.expression()),
                        into);
                return false;
            } catch (CelEvaluationException failed) {
                detail = null; // the plain message is shown
            }
            if (budget.isExhausted()) {
                invalid(
                        at,
                        "messageExpression evaluation failed due to running out of cost budget, no further validation"
                                + " rules will be run",
                        into);
                return false;
            }
        }
        if (detail == null) {
            String plain = rule.rule().stringOrEmpty("message");
            detail = plain.isEmpty() ? "failed rule: " + rule.name() : plain.strip();
        }
        report(rule.rule().stringOrEmpty("reason"), at, value, detail, into);
        return true;
    }

    private static @Nullable String usable(Object message) {
        String text = message instanceof String given ? given.strip() : "";
        return text.isEmpty()
                        || text.indexOf('\n') >= 0
                        || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_MESSAGE
                ? null
                : text;
    }

    private void report(String reason, ValuePath path, Value value, String detail, FieldErrors errors) {
        FieldErrors one = new FieldErrors();
        boolean omitted = type.equals("object") || type.equals("array");
        switch (reason) {
            case "FieldValueForbidden" -> one.forbidden(path, detail);
            case "FieldValueRequired" -> one.required(path, detail);
            case "FieldValueDuplicate" -> {
                if (omitted) {
                    one.add(new FieldError(FieldError.Type.DUPLICATE, path.toString(), "Duplicate value"));
                } else {
                    one.duplicate(path, value);
                }
            }
            default -> {
                if (omitted) {
                    one.invalidOmitted(path, detail);
                } else {
                    one.invalid(path, value, detail);
                }
            }
        }
        add(one, path, errors);
    }

    private void invalid(ValuePath path, String detail, FieldErrors errors) {
        FieldErrors one = new FieldErrors();
        one.invalid(path, type, detail);
        add(one, path, errors);
    }

    private static void add(FieldErrors found, ValuePath path, FieldErrors errors) {
        for (FieldError error : found.list()) {
            errors.add(path.isRoot() ? new FieldError(error.kind(), "<nil>", error.body()) : error);
        }
    }
}
