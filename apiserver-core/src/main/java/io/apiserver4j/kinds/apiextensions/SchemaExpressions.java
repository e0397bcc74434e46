// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.cel.CelType;
import io.apiserver4j.cel.CostEstimate;
import io.apiserver4j.cel.SchemaRule;
import io.apiserver4j.cel.SchemaTypes;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NullValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions of one schema of a definition and adds up what they may cost. Used for one schema. */
final class SchemaExpressions {
    private static final String VALIDATIONS = "x-kubernetes-validations";
    private static final long RULE_LIMIT = 10_000_000;
    private static final long SCHEMA_LIMIT = 100_000_000;

    private final FieldErrors errors = new FieldErrors();
    private final List<Cost> expensive = new ArrayList<>();
    private long total;

    private record Cost(ValuePath path, long cost) {}

    /**
     * Where a schema lies.
     *
     * @param root true for a whole object
     * @param cardinality how often what it describes may be in one object, null where there is no bound
     * @param uncorrelatable the list or map within which values before a change cannot be found, or null
     */
    record Place(
            boolean root,
            @Nullable Long cardinality,
            @Nullable ValuePath uncorrelatable) {
        static final Place TOP = new Place(true, 1L, null);

        /** The place of a property, an item or another member within a schema. */
        Place within(ObjectValue schema, ValuePath path, String step) {
            Long most = switch (schema.stringOrEmpty("type")) {
                case "object" ->
                    schema.getObject("additionalProperties") == null
                            ? (Long) 1L
                            : atLeastZero(schema.getLong("maxProperties"));
                case "array" -> atLeastZero(schema.getLong("maxItems"));
                default -> (Long) 1L;
            };
            Long count = cardinality == null || most == null ? null : (Long) CostEstimate.multiply(cardinality, most);
            boolean lost = step.equals("items")
                    && !schema.stringOrEmpty("x-kubernetes-list-type").equals("map");
            return new Place(false, count, uncorrelatable == null && lost ? path : uncorrelatable);
        }

        private static @Nullable Long atLeastZero(@Nullable Long number) {
            return number == null ? null : (Long) Math.max(number, 0);
        }
    }

    /** Compiles the rules of one node. */
    void check(ObjectValue schema, Place place, ValuePath path) {
        ArrayValue given = schema.arrayOrEmpty(VALIDATIONS);
        ValuePath at = path.field(VALIDATIONS);
        CelType type = SchemaTypes.of(schema, place.root() || schema.isTrue("x-kubernetes-embedded-resource"));
        if (type == null) {
            errors.internal(
                    at,
                    "internal error: failed to construct type information for x-kubernetes-validations rules: unable to"
                            + " convert structural schema to CEL declarations");
            return;
        }
        List<SchemaRule> rules = SchemaRule.compile(given, type);
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), place, type, at.index(i));
        }
    }

    private void rule(SchemaRule rule, Place place, CelType type, ValuePath path) {
        Long cardinality = place.cardinality();
        long times = cardinality == null ? SchemaTypes.maxCardinality(type) : cardinality;
        long cost = CostEstimate.multiply(rule.maxCost().max(), times);
        cost(path.field("rule"), "estimated rule cost", cost);
        if (rule.problem() != null) {
            errors.invalid(path.field("rule"), shown(rule.rule()), rule.problem());
        }
        if (rule.messageProblem() != null) {
            errors.invalid(path.field("messageExpression"), shown(rule.rule()), rule.messageProblem());
        } else if (rule.message() != null) {
            cost(
                    path.field("messageExpression"),
                    "estimated messageExpression cost",
                    rule.messageMaxCost().max());
        }
        if (rule.usesOldSelf()) {
            if (place.uncorrelatable() != null) {
                errors.invalid(
                        path.field("rule"),
                        rule.rule().stringOrEmpty("rule"),
                        "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                                + place.uncorrelatable());
            }
        } else if (rule.rule().get("optionalOldSelf") != null) {
            errors.invalid(
                    path.field("optionalOldSelf"),
                    Value.of(rule.hasOptionalOldSelf()),
                    "may not be set if oldSelf is not used in rule");
        }
    }

    private void cost(ValuePath path, String what, long cost) {
        if (cost > RULE_LIMIT) {
            errors.forbidden(path, exceeds(what, cost, RULE_LIMIT));
        }
        total = total + cost < 0 ? Long.MAX_VALUE : total + cost;
        if (cost >= SCHEMA_LIMIT / 100) {
            expensive.add(new Cost(path, cost));
            expensive.sort(Comparator.comparingLong(Cost::cost).reversed());
            if (expensive.size() > 4) {
                expensive.remove(4);
            }
        }
    }

    private static String exceeds(String what, long cost, long limit) {
        double factor = (double) cost / limit;
        String shown = factor > 100
                ? "more than 100x"
                : factor < 1.5
                        ? String.format(Locale.ROOT, "%.6fx", factor)
                        : String.format(Locale.ROOT, "%.1fx", factor);
        return what + " exceeds budget by factor of " + shown
                + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and"
                + " strings are declared)";
    }

    /** What was found; {@code path} is the address of the whole schema. */
    void finish(ValuePath path, FieldErrors into) {
        into.addAll(errors);
        if (total > SCHEMA_LIMIT) {
            expensive.forEach(one -> into.forbidden(
                    one.path(),
                    "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
            into.forbidden(
                    path,
                    exceeds(
                            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                            total,
                            SCHEMA_LIMIT));
        }
    }

    /** A rule as messages print it. */
    private static ObjectValue shown(ObjectValue rule) {
        return ObjectValue.builder()
                .put("Rule", rule.stringOrEmpty("rule"))
                .put("Message", rule.stringOrEmpty("message"))
                .put("MessageExpression", rule.stringOrEmpty("messageExpression"))
                .put("Reason", orNull(rule.get("reason")))
                .put("FieldPath", rule.stringOrEmpty("fieldPath"))
                .put("OptionalOldSelf", orNull(rule.get("optionalOldSelf")))
                .build();
    }

    private static Value orNull(@Nullable Value value) {
        return value == null ? NullValue.NULL : value;
    }
}
