// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The specs of the flow schemas and priority levels that every server has, from {@code facts/policy/flow.json}. There a rule
 * is a line: verbs, groups ({@code core} for the empty one), resources and where, or verbs and paths, parted by bars.
 */
final class FlowBootstrap {
    private FlowBootstrap() {}

    /** The specs of the levels, by name; mandatory ones first. */
    static Map<String, ObjectValue> levels() {
        return each("levels", FlowBootstrap::level);
    }

    /** The specs of the schemas, by name; mandatory ones first. */
    static Map<String, ObjectValue> schemas() {
        return each("schemas", FlowBootstrap::schema);
    }

    private static Map<String, ObjectValue> each(String member, Function<ObjectValue, ObjectValue> reader) {
        Map<String, ObjectValue> out = new LinkedHashMap<>();
        for (ObjectValue.Member one : PolicyFacts.read("flow.json").objectOrEmpty(member)) {
            out.put(one.key(), reader.apply(PolicyFacts.object(one.value())));
        }
        return out;
    }

    private static ObjectValue level(ObjectValue facts) {
        if (!facts.has("shares")) {
            ObjectValue none = ObjectValue.of("nominalConcurrencyShares", Value.of(0), "lendablePercent", Value.of(0));
            return ObjectValue.of("type", Value.of("Exempt"), "exempt", none);
        }
        ObjectEditor response = ObjectValue.builder().put("type", facts.has("queues") ? "Queue" : "Reject");
        if (facts.has("queues")) {
            response.put(
                    "queuing",
                    ObjectValue.builder()
                            .put("queues", facts.longOr("queues", 0))
                            .put("handSize", facts.longOr("handSize", 0))
                            .put("queueLengthLimit", facts.longOr("length", 0))
                            .build());
        }
        ObjectValue limited = ObjectValue.builder()
                .put("nominalConcurrencyShares", facts.longOr("shares", 0))
                .put("limitResponse", response.build())
                .put("lendablePercent", facts.longOr("lendable", 0))
                .build();
        return ObjectValue.of("type", Value.of("Limited"), "limited", limited);
    }

    private static ObjectValue schema(ObjectValue facts) {
        ObjectEditor out = ObjectValue.builder()
                .put("priorityLevelConfiguration", ObjectValue.of("name", Value.of(facts.stringOrEmpty("level"))))
                .put("matchingPrecedence", facts.longOr("precedence", 0));
        if (facts.has("distinguisher")) {
            out.put("distinguisherMethod", ObjectValue.of("type", Value.of(facts.stringOrEmpty("distinguisher"))));
        }
        ObjectEditor rule = ObjectValue.builder();
        put(rule, "subjects", facts.arrayOrEmpty("subjects"), FlowBootstrap::subject);
        put(rule, "resourceRules", facts.arrayOrEmpty("resources"), FlowBootstrap::resources);
        put(rule, "nonResourceRules", facts.arrayOrEmpty("paths"), FlowBootstrap::paths);
        return out.put("rules", ArrayValue.of(rule.build())).build();
    }

    private static void put(ObjectEditor rule, String member, ArrayValue lines, Function<String, ObjectValue> reader) {
        List<Value> out = new ArrayList<>();
        lines.strings().forEach(line -> out.add(reader.apply(line)));
        if (!out.isEmpty()) {
            rule.put(member, ArrayValue.of(out));
        }
    }

    private static ObjectValue subject(String line) {
        String[] parts = line.split(" ");
        if (parts[0].equals("ServiceAccount")) {
            String[] place = parts[1].split("/");
            ObjectValue account = ObjectValue.of("namespace", Value.of(place[0]), "name", Value.of(place[1]));
            return ObjectValue.of("kind", Value.of(parts[0]), "serviceAccount", account);
        }
        String member = parts[0].equals("User") ? "user" : "group";
        return ObjectValue.of("kind", Value.of(parts[0]), member, ObjectValue.of("name", Value.of(parts[1])));
    }

    private static ObjectValue resources(String line) {
        String[] parts = line.split(" \\| ");
        List<String> groups = new ArrayList<>();
        for (String group : parts[1].split(" ")) {
            groups.add(group.equals("core") ? "" : group);
        }
        ObjectEditor out = ObjectValue.builder()
                .put("verbs", words(parts[0]))
                .put("apiGroups", ArrayValue.ofStrings(groups))
                .put("resources", words(parts[2]));
        if (parts.length > 3) {
            out.put("clusterScope", true);
        }
        return out.put("namespaces", words("*")).build();
    }

    private static ObjectValue paths(String line) {
        String[] parts = line.split(" \\| ");
        return ObjectValue.of("verbs", words(parts[0]), "nonResourceURLs", words(parts[1]));
    }

    private static ArrayValue words(String text) {
        return ArrayValue.ofStrings(List.of(text.split(" ")));
    }
}
