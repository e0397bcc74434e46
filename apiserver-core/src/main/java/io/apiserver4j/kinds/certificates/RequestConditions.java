// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The conditions of a CertificateSigningRequest, with the times that the server fills in. */
final class RequestConditions {
    static final String APPROVED = "Approved";
    static final String DENIED = "Denied";
    static final List<String> LASTING = List.of(APPROVED, DENIED, "Failed");

    private static final ValuePath PATH = ValuePath.of("status", "conditions");
    private static final List<String> ORDER =
            List.of("type", "status", "reason", "message", "lastUpdateTime", "lastTransitionTime");
    private static final Choice TRUE = Choice.of("True");
    private static final Choice ANY = Choice.of("True", "False", "Unknown");

    private RequestConditions() {}

    static ArrayValue of(ObjectValue object) {
        return object.objectOrEmpty("status").arrayOrEmpty("conditions");
    }

    /** All conditions of a type. */
    static List<ObjectValue> of(ObjectValue object, String type) {
        return of(object).objects().stream()
                .filter(one -> one.stringOrEmpty("type").equals(type))
                .toList();
    }

    /** Conditions with both times; the transition is that of the same status before, where there was one. */
    static ArrayValue timed(ArrayValue conditions, ObjectValue current, Instant now) {
        String time = Timestamp.format(now);
        return conditions.map(item -> {
            ObjectValue condition = item.asObject();
            if (condition == null) {
                return item;
            }
            if (condition.getString("lastUpdateTime") == null) {
                condition = MetadataOrder.put(condition, "lastUpdateTime", Value.of(time), ORDER);
            }
            if (condition.getString("lastTransitionTime") == null) {
                condition = condition.with("lastTransitionTime", transition(condition, current, time));
            }
            return condition;
        });
    }

    private static String transition(ObjectValue condition, ObjectValue current, String now) {
        for (ObjectValue before : of(current, condition.stringOrEmpty("type"))) {
            String time = before.getString("lastTransitionTime");
            if (time != null && before.stringOrEmpty("status").equals(condition.stringOrEmpty("status"))) {
                return time;
            }
        }
        return now;
    }

    /** Conditions in which those of a type are the current ones, where there are as many as now. */
    static ArrayValue preserved(ArrayValue conditions, ObjectValue current, String type) {
        List<ObjectValue> kept = of(current, type);
        long count = conditions.objects().stream()
                .filter(one -> one.stringOrEmpty("type").equals(type))
                .count();
        if (count != kept.size()) {
            return conditions;
        }
        ArrayValue out = conditions;
        int next = 0;
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.objectAt(i).stringOrEmpty("type").equals(type)) {
                out = out.with(i, kept.get(next++));
            }
        }
        return out;
    }

    /** Checks all conditions; what the current object breaks already, it may go on to break. */
    static void check(ObjectValue object, ObjectValue current, FieldErrors errors) {
        ArrayValue conditions = of(object);
        boolean emptyTypes = !of(current, "").isEmpty();
        boolean duplicates = of(current).objects().stream()
                        .map(one -> one.stringOrEmpty("type"))
                        .distinct()
                        .count()
                < of(current).size();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            ObjectValue condition = conditions.objectAt(i);
            String type = condition.stringOrEmpty("type");
            if (type.isEmpty() && !emptyTypes) {
                errors.required(PATH.index(i).field("type"), "");
            }
            (LASTING.contains(type) ? TRUE : ANY).require(condition, "status", PATH.index(i), errors);
            if (!seen.add(type) && !duplicates) {
                errors.duplicate(PATH.index(i).field("type"), type);
            }
        }
    }

    /** Approved and denied at once is what no object may become; Kubernetes knows it from a declaration, and tells it last. */
    static void notBoth(ObjectValue object, ObjectValue current, FieldErrors errors) {
        if (isBoth(object) && !isBoth(current)) {
            String approved = "conditions[{\"type\": \"Approved\"}]";
            String denied = "conditions[{\"type\": \"Denied\"}]";
            errors.invalid(
                    PATH,
                    "{" + approved + ", " + denied + "}",
                    "must specify at most one of: `" + approved + "`, `" + denied + "`");
        }
    }

    private static boolean isBoth(ObjectValue object) {
        return !of(object, APPROVED).isEmpty() && !of(object, DENIED).isEmpty();
    }
}
