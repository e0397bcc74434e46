// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.ResourceRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Limit ranges: the bounds of one resource must not contradict each other. */
public final class LimitRangeRules implements KindRules {
    private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");
    private static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);
    /** Above it thousandths do not fit into 64 bits. */
    private static final long MAX_MILLI = Long.MAX_VALUE / 1000;

    /** A limit range without a name gets one that nobody else has. */
    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        ObjectMeta meta = ObjectMeta.of(object);
        if (!meta.name().isEmpty() || !meta.generateName().isEmpty()) {
            return object;
        }
        Value name = Value.of(UUID.randomUUID().toString());
        return object.update("metadata", metadata -> MetadataOrder.put(metadata, "name", name));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ValuePath limits = ValuePath.of("spec", "limits");
        List<ObjectValue> items =
                object.objectOrEmpty("spec").arrayOrEmpty("limits").objects();
        Set<String> types = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            new Limit(items.get(i), limits.index(i), errors).check(types);
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        validate(updated, context, errors);
    }

    /** One item of the list, while it is checked. */
    private static final class Limit {
        private final ObjectValue limit;
        private final ValuePath path;
        private final FieldErrors errors;
        private final String type;
        private final Map<String, Map<String, Quantity>> bounds = new HashMap<>();
        private final Set<String> names = new TreeSet<>();

        Limit(ObjectValue limit, ValuePath path, FieldErrors errors) {
            this.limit = limit;
            this.path = path;
            this.errors = errors;
            type = limit.stringOrEmpty("type");
        }

        void check(Set<String> types) {
            type();
            if (!types.add(type)) {
                errors.duplicateShown(path.field("type"), FieldErrors.json(type), "");
            }
            read("max", "min");
            if (type.equals("Pod")) {
                for (String name : List.of("default", "defaultRequest")) {
                    if (!limit.objectOrEmpty(name).isEmpty()) {
                        errors.forbidden(path.field(name), "may not be specified when `type` is 'Pod'");
                    }
                }
            } else {
                read("default", "defaultRequest");
            }
            if (type.equals("PersistentVolumeClaim") && !has("min", "storage") && !has("max", "storage")) {
                errors.required(
                        path.field("limits"),
                        "either minimum or maximum storage value is required, but neither was provided");
            }
            read("maxLimitRequestRatio");
            names.forEach(this::agree);
        }

        private void type() {
            List<String> problems = NameRules.qualifiedName(type);
            for (String problem : problems) {
                errors.invalidShown(path.field("type"), FieldErrors.json(type), problem);
            }
            if (problems.isEmpty() && type.indexOf('/') < 0 && !TYPES.contains(type)) {
                errors.invalidShown(
                        path.field("type"), FieldErrors.json(type), "must be a standard limit type or fully qualified");
            }
        }

        private boolean has(String bound, String name) {
            return limit.objectOrEmpty(bound).has(name);
        }

        private void read(String... members) {
            boolean ofContainers = type.equals("Pod") || type.equals("Container");
            for (String member : members) {
                Map<String, Quantity> amounts = bounds.computeIfAbsent(member, any -> new HashMap<>());
                for (ObjectValue.Member amount : limit.objectOrEmpty(member)) {
                    ValuePath at = path.field(member).key(amount.key());
                    if (ofContainers) {
                        ResourceRules.containerName(amount.key(), at, errors);
                    } else {
                        ResourceRules.name(amount.key(), at, errors);
                    }
                    names.add(amount.key());
                    String text = amount.value().asString();
                    amounts.put(amount.key(), text == null ? Quantity.ZERO : Quantity.parse(text));
                }
            }
        }

        private @Nullable Quantity bound(String member, String name) {
            return bounds.getOrDefault(member, Map.of()).get(name);
        }

        private void agree(String name) {
            Quantity min = bound("min", name);
            Quantity max = bound("max", name);
            Quantity limits = bound("default", name);
            Quantity requests = bound("defaultRequest", name);
            ordered(name, min, "min value", max, "max value", "min", min);
            ordered(name, min, "min value", requests, "default request value", "defaultRequest", requests);
            ordered(name, requests, "default request value", max, "max value", "defaultRequest", requests);
            ordered(name, requests, "default request value", limits, "default limit value", "defaultRequest", requests);
            // of the default the other value is shown, as Kubernetes does
            ordered(name, min, "min value", limits, "default value", "default", min);
            ordered(name, limits, "default value", max, "max value", "default", max);
            ratio(name, min, max);
            boolean fixed = !ResourceRules.isNative(name) || ResourceRules.isHugePages(name);
            if (fixed && limits != null && requests != null && limits.compareTo(requests) != 0) {
                errors.invalid(
                        path.field("defaultRequest").key(name),
                        requests.toString(),
                        "default value " + limits + " must equal to defaultRequest value " + requests + " in " + name);
            }
        }

        private void ordered(
                String name,
                @Nullable Quantity lower,
                String lowerWords,
                @Nullable Quantity upper,
                String upperWords,
                String member,
                @Nullable Quantity shown) {
            if (lower != null && upper != null && lower.compareTo(upper) > 0) {
                errors.invalid(
                        path.field(member).key(name),
                        String.valueOf(shown),
                        lowerWords + " " + lower + " is greater than " + upperWords + " " + upper);
            }
        }

        private void ratio(String name, @Nullable Quantity min, @Nullable Quantity max) {
            Quantity ratio = bound("maxLimitRequestRatio", name);
            if (ratio == null) {
                return;
            }
            ValuePath at = path.field("maxLimitRequestRatio").key(name);
            if (ratio.compareTo(ONE) < 0) {
                errors.invalid(at, ratio.toString(), "ratio " + ratio + " is less than 1");
            }
            if (min == null || max == null) {
                return;
            }
            double value = ratio.value();
            double lower = min.value();
            double upper = max.value();
            if (value < MAX_MILLI && lower < MAX_MILLI && upper < MAX_MILLI) {
                value = ratio.milliValue() / 1000.0;
                lower = min.milliValue();
                upper = max.milliValue();
            }
            double most = upper / lower;
            if (value > most) {
                errors.invalid(at, ratio.toString(), "ratio " + ratio + " is greater than max/min = " + fixed(most));
            }
        }

        /** As Go prints a number by {@code %f}. */
        private static String fixed(double number) {
            return Double.isInfinite(number) ? "+Inf" : String.format(Locale.ROOT, "%.6f", number);
        }
    }
}
