// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics as annotations of autoscaling/v1 carry them, in that version's types. */
final class AutoscalerV1 {
    private static final Value ZERO = Value.of("0");

    /**
     * The members of a kind of metric in version 1, in their order, and where they stand in version 2. A mark of exclamation:
     * a quantity that version 1 cannot leave out.
     */
    private record Member(String name, List<String> path, boolean always) {
        static List<Member> list(String... texts) {
            List<Member> out = new ArrayList<>();
            for (String text : texts) {
                String[] sides = text.split("=");
                boolean always = sides[0].endsWith("!");
                String name = always ? sides[0].substring(0, sides[0].length() - 1) : sides[0];
                out.add(new Member(name, List.of(sides[1].split("\\.")), always));
            }
            return List.copyOf(out);
        }

        String[] steps() {
            return path.toArray(new String[0]);
        }
    }

    private static final Map<String, List<Member>> WISHES = table(
            "target",
            Member.list(
                    "target=describedObject",
                    "metricName=metric.name",
                    "targetValue!=target.value",
                    "selector=metric.selector",
                    "averageValue=target.averageValue"),
            "targetAverageValue!",
            "targetAverageUtilization=target.averageUtilization",
            "targetAverageValue",
            "targetValue");
    private static final Map<String, List<Member>> STATES = table(
            "current",
            Member.list(
                    "target=describedObject",
                    "metricName=metric.name",
                    "currentValue!=current.value",
                    "selector=metric.selector",
                    "averageValue=current.averageValue"),
            "currentAverageValue!",
            "currentAverageUtilization=current.averageUtilization",
            "currentAverageValue!",
            "currentValue!");

    private AutoscalerV1() {}

    private static Map<String, List<Member>> table(
            String part, List<Member> object, String ofPods, String utilization, String ofResource, String ofExternal) {
        String average = "=" + part + ".averageValue";
        String external = ofExternal.endsWith("!") ? "currentAverageValue" : "targetAverageValue";
        Map<String, List<Member>> out = new LinkedHashMap<>();
        out.put("object", object);
        out.put("pods", Member.list("metricName=metric.name", ofPods + average, "selector=metric.selector"));
        out.put("resource", Member.list("name=name", utilization, ofResource + average));
        out.put(
                "containerResource",
                Member.list("name=name", utilization, ofResource + average, "container=container"));
        out.put(
                "external",
                Member.list(
                        "metricName=metric.name",
                        "metricSelector=metric.selector",
                        ofExternal + "=" + part + ".value",
                        external + average));
        return out;
    }

    /** A wanted metric of version 2 in version 1. */
    static ObjectValue wishFromV2(ObjectValue metric) {
        return fromV2(metric, WISHES);
    }

    /** A current metric of version 2 in version 1. */
    static ObjectValue stateFromV2(ObjectValue metric) {
        return fromV2(metric, STATES);
    }

    private static ObjectValue fromV2(ObjectValue metric, Map<String, List<Member>> table) {
        ObjectEditor out = ObjectValue.builder().putIfPresent("type", metric.get("type"));
        table.forEach((kind, members) -> {
            ObjectValue source = metric.getObject(kind);
            if (source != null) {
                ObjectEditor old = ObjectValue.builder();
                for (Member member : members) {
                    Value value = source.at(member.steps());
                    old.putIfPresent(member.name, value == null && member.always ? ZERO : value);
                }
                out.put(kind, old.build());
            }
        });
        return out.build();
    }

    /** Wanted metrics of version 1 in version 2; null where that is no list of them. */
    static @Nullable Value wishesToV2(Value metrics) {
        return toV2(metrics, WISHES);
    }

    /** Current metrics of version 1 in version 2; null where that is no list of them. */
    static @Nullable Value statesToV2(Value metrics) {
        return toV2(metrics, STATES);
    }

    private static @Nullable Value toV2(Value metrics, Map<String, List<Member>> table) {
        if (metrics.isNull()) {
            return ArrayValue.EMPTY;
        }
        ArrayValue list = metrics.asArray();
        if (list == null) {
            return null;
        }
        List<Value> out = new ArrayList<>();
        for (Value item : list) {
            ObjectValue metric = item.isNull() ? ObjectValue.EMPTY : item.asObject();
            if (metric == null) {
                return null;
            }
            ObjectEditor next = ObjectValue.builder().putIfPresent("type", member(metric, "type"));
            for (Map.Entry<String, List<Member>> kind : table.entrySet()) {
                Value source = member(metric, kind.getKey());
                if (source != null && !source.isNull()) {
                    ObjectValue old = source.asObject();
                    if (old == null) {
                        return null;
                    }
                    ObjectValue moved = moved(old, kind.getValue());
                    next.put(kind.getKey(), table == WISHES ? withType(kind.getKey(), moved) : moved);
                }
            }
            out.add(next.build());
        }
        return ArrayValue.of(out);
    }

    private static ObjectValue moved(ObjectValue old, List<Member> members) {
        ObjectValue out = ObjectValue.EMPTY;
        for (Member member : members) {
            Value value = member(old, member.name);
            boolean given = value != null && !value.isNull();
            if (given || member.always) {
                out = out.withAt(given && value != null ? value : ZERO, member.steps());
            }
        }
        return out;
    }

    /** Version 2 says which of the amounts is meant; version 1 says it by which is there. */
    private static ObjectValue withType(String kind, ObjectValue source) {
        ObjectValue target = source.objectOrEmpty("target");
        boolean average = target.has("averageValue");
        Value value = target.get("value");
        String type = "AverageValue";
        if (target.has("averageUtilization")) {
            type = "Utilization";
        } else if (kind.equals("object") ? !average : value != null) {
            type = "Value";
        }
        if (kind.equals("object") && average && value != null && isZero(value)) {
            target = target.without("value"); // version 1 could not leave it out
        }
        return source.with("target", target.with("type", type));
    }

    private static boolean isZero(Value value) {
        String text = value.asString();
        return Quantity.parse(text == null ? value.toString() : text).isZero();
    }

    /** The member of a name, or of the same name in another case, as Go's own decoder finds it; null where there is none. */
    static @Nullable Value member(ObjectValue object, String name) {
        Value exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        for (ObjectValue.Member member : object) {
            if (member.key().equalsIgnoreCase(name)) {
                return member.value();
            }
        }
        return null;
    }
}
