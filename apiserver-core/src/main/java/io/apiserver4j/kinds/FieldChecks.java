// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import org.jspecify.annotations.Nullable;

/** Small checks of fields that rules of many kinds are made of, with Kubernetes' texts. An absent field breaks none of them. */
public final class FieldChecks {
    /** What is said of a change of what may not change. */
    public static final String IMMUTABLE = "field is immutable";

    private FieldChecks() {}

    /** Numbers that may not be negative, in this order. */
    public static void nonNegative(ObjectValue holder, ValuePath path, FieldErrors errors, String... names) {
        atLeast(holder, 0, path, errors, names);
    }

    /** Numbers that may not be below a minimum, in this order. */
    public static void atLeast(ObjectValue holder, long minimum, ValuePath path, FieldErrors errors, String... names) {
        for (String name : names) {
            long number = holder.longOr(name, minimum);
            if (number < minimum) {
                errors.invalid(path.field(name), number, "must be greater than or equal to " + minimum);
            }
        }
    }

    /** Numbers that may not be above another number of the same object, in this order. */
    public static void notAbove(
            ObjectValue holder, String limit, String detail, ValuePath path, FieldErrors errors, String... names) {
        for (String name : names) {
            long number = holder.longOr(name, 0);
            if (number > holder.longOr(limit, 0)) {
                errors.invalid(path.field(name), number, detail);
            }
        }
    }

    /** A count that may not go down, nor go away. */
    public static void notDecremented(
            ObjectValue updated, ObjectValue current, String name, ValuePath path, FieldErrors errors) {
        Long before = current.getLong(name);
        Long now = updated.getLong(name);
        if (before != null && (now == null || now < before)) {
            errors.invalid(path.field(name), now == null ? 0 : now, "cannot be decremented");
        }
    }

    /** Something that may not change; printed as the API has it. */
    public static void immutable(@Nullable Value updated, @Nullable Value current, ValuePath path, FieldErrors errors) {
        if (changed(updated, current)) {
            errors.invalidShown(path, FieldErrors.shown(updated), IMMUTABLE);
        }
    }

    /** Something that may not change; printed in Kubernetes' own type ({@link InternalForm}). */
    public static void immutable(
            @Nullable Value updated, @Nullable Value current, String type, ValuePath path, FieldErrors errors) {
        if (changed(updated, current)) {
            errors.invalidShown(path, InternalForm.of(type, updated).toString(), IMMUTABLE);
        }
    }

    /** Members of two objects that may not differ; printed as the API has them, absent texts as empty ones. */
    public static void immutableTexts(
            ObjectValue updated, ObjectValue current, ValuePath path, FieldErrors errors, String... names) {
        for (String name : names) {
            String now = updated.stringOrEmpty(name);
            if (!now.equals(current.stringOrEmpty(name))) {
                errors.invalid(path.field(name), now, IMMUTABLE);
            }
        }
    }

    /** True where two values differ; what is absent is the same as null. */
    public static boolean changed(@Nullable Value updated, @Nullable Value current) {
        Value now = updated == null ? Value.nul() : updated;
        Value before = current == null ? Value.nul() : current;
        return !now.equals(before);
    }
}
