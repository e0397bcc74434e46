// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much of a capacity a request may take: one of some values, or steps in a range; with a default among them. */
final class CapacityPolicies {
    private static final int MAX_VALUES = 10;

    private CapacityPolicies() {}

    static void check(ObjectValue policy, String capacity, ValuePath path, FieldErrors errors) {
        List<String> values = policy.arrayOrEmpty("validValues").strings();
        ObjectValue range = policy.getObject("validRange");
        if (!values.isEmpty() && range != null) {
            errors.forbidden(
                    path,
                    "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same"
                            + " time");
            return;
        }
        String chosen = values.isEmpty() ? "validRange" : "validValues";
        if (values.isEmpty() && range == null) {
            return;
        }
        Quantity standard = quantity(policy, "default");
        Quantity most = Quantity.parse(capacity);
        if (standard == null) {
            errors.required(path.field("default"), "required when " + chosen + " is defined");
        } else if (range == null) {
            values(values.stream().map(Quantity::parse).toList(), standard, most, path.field(chosen), errors);
        } else {
            range(range, standard, most, path.field(chosen), errors);
        }
    }

    private static @Nullable Quantity quantity(ObjectValue holder, String name) {
        String text = holder.getString(name);
        return text == null ? null : Quantity.parse(text);
    }

    private static void values(
            List<Quantity> values, Quantity standard, Quantity most, ValuePath path, FieldErrors errors) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i - 1).compareTo(values.get(i)) > 0) {
                errors.invalid(path.index(i), values.get(i).toString(), "values must be sorted in ascending order");
            }
        }
        boolean found = false;
        if (values.size() > MAX_VALUES) {
            errors.tooMany(path, values.size(), MAX_VALUES);
        } else {
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).compareTo(most) > 0) {
                    errors.invalid(
                            path.index(i), values.get(i).toString(), "option is larger than capacity value: " + most);
                }
                found |= values.get(i).compareTo(standard) == 0;
            }
            for (int i = 0; i < values.size(); i++) {
                if (!seen.add(values.get(i).value())) {
                    errors.duplicate(path.index(i), Long.toString(values.get(i).value()));
                }
            }
        }
        if (!found) {
            errors.invalid(path, standard.toString(), "default value is not valid according to the requestPolicy");
        }
    }

    private static void range(ObjectValue range, Quantity standard, Quantity most, ValuePath path, FieldErrors errors) {
        Quantity low = quantity(range, "min");
        Quantity high = quantity(range, "max");
        if (low == null) {
            errors.required(path.field("min"), "required when validRange is defined");
            return;
        }
        notAbove(low, most, low, "min", "min is larger than capacity value: " + most, path, errors);
        notAbove(low, standard, standard, "default", "default is less than min: " + low, path, errors);
        if (high != null) {
            notAbove(low, high, low, "max", "min is larger than max: " + high, path, errors);
            notAbove(high, most, high, "max", "max is larger than capacity value: " + most, path, errors);
            notAbove(standard, high, standard, "default", "default is more than max: " + high, path, errors);
        }
        Quantity step = quantity(range, "step");
        if (step != null) {
            steps(standard, low, high, step, most, path, errors);
        }
    }

    private static void notAbove(
            Quantity lower,
            Quantity upper,
            Quantity shown,
            String name,
            String detail,
            ValuePath path,
            FieldErrors errors) {
        if (lower.compareTo(upper) > 0) {
            errors.invalid(path.field(name), shown.toString(), detail);
        }
    }

    private static void steps(
            Quantity standard,
            Quantity low,
            @Nullable Quantity high,
            Quantity step,
            Quantity most,
            ValuePath path,
            FieldErrors errors) {
        if (step.sign() <= 0) {
            errors.invalid(path.field("step"), step.toString(), "must be greater than zero");
            return;
        }
        Quantity first = low.plus(step);
        notAbove(
                first,
                most,
                step,
                "step",
                "one step " + first + " is larger than capacity value: " + most,
                path,
                errors);
        boolean fits = whole(standard, path.field("default"), errors);
        fits &= whole(low, path.field("min"), errors);
        fits &= high == null || whole(high, path.field("max"), errors);
        fits &= whole(step, path.field("step"), errors);
        if (fits) {
            multiple(standard, low, step, path.field("step"), errors);
            if (high != null) {
                multiple(high, low, step, path.field("step"), errors);
            }
        }
    }

    private static boolean whole(Quantity quantity, ValuePath path, FieldErrors errors) {
        if (quantity.sign() < 0) {
            errors.invalid(path, quantity.toString(), "must be greater than or equal to 0");
            return false;
        }
        if (quantity.toDecimal().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            errors.invalid(path, quantity.toString(), "must not be larger than " + Long.MAX_VALUE);
            return false;
        }
        return true;
    }

    private static void multiple(Quantity value, Quantity low, Quantity step, ValuePath path, FieldErrors errors) {
        if ((value.value() - low.value()) % step.value() != 0) {
            errors.invalid(
                    path,
                    value.toString(),
                    "value is not a multiple of a given step (" + step + ") from (" + low + ")");
        }
    }
}
