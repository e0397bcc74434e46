// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.flowcontrol;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import org.jspecify.annotations.Nullable;

/**
 * PriorityLevelConfigurations: the two types and what belongs to each. Rules about members that go with a type are told after
 * all others, without words, since Kubernetes has them from declarations.
 */
public final class PriorityLevelRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final Choice TYPES = Choice.of("Exempt", "Limited");
    private static final Choice RESPONSES = Choice.of("Queue", "Reject");
    private static final int MAX_QUEUES = 10_000_000;
    private static final int MAX_HASH_BITS = 60;
    private static final String ZERO_SHARES = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectMeta meta = ObjectMeta.of(object);
        if (meta.annotations().has(ZERO_SHARES)) {
            errors.forbidden(ValuePath.of("metadata", "annotations"), "annotation '" + ZERO_SHARES + "' is forbidden");
        }
        ObjectValue spec = object.objectOrEmpty("spec");
        type(meta.name(), spec.stringOrEmpty("type"), errors);
        ObjectValue exempt = spec.getObject("exempt");
        ObjectValue limited = spec.getObject("limited");
        if (exempt != null && spec.stringOrEmpty("type").equals("Exempt")) {
            shares(exempt, SPEC.field("exempt"), errors);
            percent(exempt, SPEC.field("exempt"), errors);
        }
        if (limited != null && spec.stringOrEmpty("type").equals("Limited")) {
            limited(limited, SPEC.field("limited"), errors);
        }
        mandatory(meta.name(), spec, errors);
        FlowConditions.check(object, errors);
        declared(spec, errors);
    }

    private static void type(String name, String type, FieldErrors errors) {
        if (name.equals("exempt") != type.equals("Exempt")) {
            errors.invalidShown(
                    SPEC.field("type"), FieldErrors.json(type), "must be 'Exempt' if and only if `name` is 'exempt'");
        }
        if (!type.isEmpty()) {
            TYPES.check(type, SPEC.field("type"), errors);
        }
    }

    private static void limited(ObjectValue limited, ValuePath path, FieldErrors errors) {
        shares(limited, path, errors);
        ObjectValue response = limited.objectOrEmpty("limitResponse");
        String type = response.stringOrEmpty("type");
        if (!type.isEmpty()) {
            RESPONSES.check(type, path.fields("limitResponse", "type"), errors);
        }
        ObjectValue queuing = response.getObject("queuing");
        if (queuing != null && type.equals("Queue")) {
            queuing(queuing, path.fields("limitResponse", "queuing"), errors);
        }
        percent(limited, path, errors);
        long borrowing = limited.longOr("borrowingLimitPercent", 0);
        if (borrowing < 0) {
            errors.invalid(
                    path.field("borrowingLimitPercent"), borrowing, "if specified, must be a non-negative integer");
        }
    }

    private static void shares(ObjectValue holder, ValuePath path, FieldErrors errors) {
        long shares = holder.longOr("nominalConcurrencyShares", 0);
        if (shares < 0) {
            errors.invalid(path.field("nominalConcurrencyShares"), shares, "must be a non-negative integer");
        }
    }

    private static void percent(ObjectValue holder, ValuePath path, FieldErrors errors) {
        long percent = holder.longOr("lendablePercent", 0);
        if (percent < 0 || percent > 100) {
            errors.invalid(path.field("lendablePercent"), percent, "must be between 0 and 100, inclusive");
        }
    }

    private static void queuing(ObjectValue queuing, ValuePath path, FieldErrors errors) {
        long limit = queuing.longOr("queueLengthLimit", 0);
        long queues = queuing.longOr("queues", 0);
        long hand = queuing.longOr("handSize", 0);
        positive(limit, path.field("queueLengthLimit"), errors);
        positive(queues, path.field("queues"), errors);
        if (queues > MAX_QUEUES) {
            errors.invalid(path.field("queues"), queues, "must not be greater than " + MAX_QUEUES);
        }
        ValuePath handPath = path.field("handSize");
        positive(hand, handPath, errors);
        if (hand > 0 && hand > queues) {
            errors.invalid(handPath, hand, "should not be greater than queues (" + queues + ")");
        } else if (hand > 0 && entropyBits(queues, hand) > MAX_HASH_BITS) {
            errors.invalid(
                    handPath,
                    hand,
                    "required entropy bits of deckSize " + queues + " and handSize " + hand
                            + " should not be greater than " + MAX_HASH_BITS);
        }
    }

    private static void positive(long number, ValuePath path, FieldErrors errors) {
        if (number <= 0) {
            errors.invalid(path, number, "must be positive");
        }
    }

    /** How many bits of a hash a hand takes that is dealt from all queues. */
    private static double entropyBits(long queues, long hand) {
        boolean powerOfTwo = Long.bitCount(queues) == 1; // whose logarithm is to be exact
        double bits = powerOfTwo ? Long.numberOfTrailingZeros(queues) : Math.log(queues) / Math.log(2);
        return Math.ceil(bits * hand);
    }

    private static void mandatory(String name, ObjectValue spec, FieldErrors errors) {
        ObjectValue fixed = MandatoryObjects.priorityLevel(name);
        if (fixed == null) {
            return;
        }
        boolean exempt = name.equals("exempt");
        if (!fixed.equals(exempt ? spec.without("exempt") : spec)) {
            errors.invalidShown(
                    SPEC,
                    InternalForm.shown("flowcontrol.PriorityLevelConfigurationSpec", spec),
                    "spec of '" + name + "'" + (exempt ? " except the 'spec.exempt' field" : "")
                            + " must equal the fixed value");
        }
    }

    private static void declared(ObjectValue spec, FieldErrors errors) {
        String type = spec.stringOrEmpty("type");
        ObjectValue limited = spec.getObject("limited");
        if (spec.getObject("exempt") != null && !type.equals("Exempt")) {
            errors.forbidden(SPEC.field("exempt"), "");
        }
        goesWith(type.equals("Limited"), limited, SPEC.field("limited"), errors);
        if (type.isEmpty()) {
            errors.required(SPEC.field("type"), "");
        }
        if (limited != null) {
            ObjectValue response = limited.objectOrEmpty("limitResponse");
            String how = response.stringOrEmpty("type");
            ValuePath path = SPEC.fields("limited", "limitResponse");
            goesWith(how.equals("Queue"), response.getObject("queuing"), path.field("queuing"), errors);
            if (how.isEmpty()) {
                errors.required(path.field("type"), "");
            }
        }
    }

    private static void goesWith(boolean wanted, @Nullable ObjectValue given, ValuePath path, FieldErrors errors) {
        if (wanted && given == null) {
            errors.required(path, "");
        } else if (!wanted && given != null) {
            errors.forbidden(path, "");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            validate(updated, context, errors);
        } else {
            FlowConditions.check(updated, errors);
        }
    }
}
