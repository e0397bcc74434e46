// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.view;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** One entry of a {@code status.conditions}. */
public record ConditionView(ObjectValue tree) {
    /** The first condition of a type in an object's status, or null. */
    public static @Nullable ConditionView find(ObjectValue object, String type) {
        return find(object.objectOrEmpty("status").arrayOrEmpty("conditions"), type);
    }

    /** The first condition of a type in a list of conditions, or null. */
    public static @Nullable ConditionView find(ArrayValue conditions, String type) {
        for (int i = 0; i < conditions.size(); i++) {
            ObjectValue condition = conditions.objectAt(i);
            if (type.equals(condition.getString("type"))) {
                return new ConditionView(condition);
            }
        }
        return null;
    }

    /** True where an object's status has the condition and the first of this type is {@code True}. */
    public static boolean isTrue(ObjectValue object, String type) {
        ConditionView condition = find(object, type);
        return condition != null && condition.isTrue();
    }

    /** The type. */
    public String type() {
        return tree.stringOrEmpty("type");
    }

    /** The status: True, False or Unknown. */
    public String status() {
        return tree.stringOrEmpty("status");
    }

    /** True where the status is {@code True}. */
    public boolean isTrue() {
        return "True".equals(tree.getString("status"));
    }

    /** The reason, or the empty text. */
    public String reason() {
        return tree.stringOrEmpty("reason");
    }

    /** The message, or the empty text. */
    public String message() {
        return tree.stringOrEmpty("message");
    }

    /** When the status changed last, as written, or null. */
    public @Nullable String lastTransitionTime() {
        return tree.getString("lastTransitionTime");
    }
}
