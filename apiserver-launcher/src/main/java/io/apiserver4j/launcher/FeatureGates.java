// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.ScalarSyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Feature gates. What is served here are the features in the state in which v1.37 has them by default, so gates can be named,
 * but not changed. The names come from the resource feature-gates.txt, read when a gate is given.
 */
final class FeatureGates {
    private static final String COMPONENT = "kube";

    private record Gate(String stage, boolean on, boolean locked) {}

    private FeatureGates() {}

    /**
     * Checks pairs of names and states, such as {@code Name=true} or {@code kube:Name=true}.
     *
     * @throws Refusal in kube-apiserver's words where it would refuse them, and where a state is not served
     */
    static void check(List<String> pairs) throws Refusal {
        if (pairs.isEmpty()) {
            return;
        }
        Map<String, Gate> gates = load();
        for (String pair : pairs) {
            check(gates, pair);
        }
    }

    private static void check(Map<String, Gate> gates, String pair) throws Refusal {
        int colon = pair.indexOf(':');
        String component = colon < 0 ? COMPONENT : pair.substring(0, colon).trim();
        if (!component.equals(COMPONENT)) {
            throw Refusal.of("component not registered: " + component);
        }
        String text = pair.substring(colon + 1);
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).trim();
        if (equals < 0) {
            throw Refusal.of("missing bool value for " + name);
        }
        boolean on = state(name, text.substring(equals + 1).trim());
        Gate gate = gates.get(name);
        if (gate == null) {
            throw Refusal.of("unrecognized feature gate: " + name);
        }
        if (on == gate.on) {
            return;
        }
        if (gate.locked) {
            throw Refusal.of("cannot set feature gate " + name + " to " + on + ", feature is locked to " + gate.on);
        }
        throw Refusal.of("--feature-gates: " + name + "=" + on + " is not served by apiserver4j yet: the feature is "
                + (gate.on ? "always on" : "always off"));
    }

    private static boolean state(String name, String text) throws Refusal {
        try {
            return GoNumbers.parseBool(text);
        } catch (ScalarSyntaxException e) {
            throw Refusal.of("invalid value of " + name + "=" + text + ", err: " + e.text());
        }
    }

    private static Map<String, Gate> load() {
        Map<String, Gate> gates = new HashMap<>();
        for (String line : FlagTable.lines("feature-gates.txt")) {
            String[] columns = line.split("\t", -1);
            gates.put(columns[0], new Gate(columns[1], columns[2].equals("true"), columns.length > 3));
        }
        return gates;
    }
}
