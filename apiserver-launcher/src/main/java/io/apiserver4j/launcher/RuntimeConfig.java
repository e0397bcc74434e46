// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.ServedApis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * APIs switched on and off, such as {@code apps/v1=false} or {@code api/all=false}. What is served here are the APIs that v1.37
 * serves by default: each can be switched off, and none on beyond them. Whole sets come first, then versions, then resources,
 * as in kube-apiserver.
 */
final class RuntimeConfig {
    private static final List<String> WHOLE = List.of("api/all", "api/ga", "api/beta", "api/alpha");
    /** Would bring APIs that are off by default. */
    private static final Set<String> BEYOND = Set.of("api/all", "api/beta", "api/alpha");

    private static final Set<String> LEGACY = Set.of("api/legacy");

    private final Catalog catalog = new Catalog(BuiltinCatalog.definitions(KindSettings.STANDARD));
    private final Map<String, Boolean> given = new LinkedHashMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final List<String> problems;

    private RuntimeConfig(List<String> problems) {
        this.problems = problems;
    }

    /** What pairs of APIs and states leave; adds what is wrong with them. */
    static ServedApis read(List<String> pairs, List<String> problems) {
        if (pairs.isEmpty()) {
            return ServedApis.all();
        }
        return new RuntimeConfig(problems).read(pairs);
    }

    private ServedApis read(List<String> pairs) {
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
            boolean on = equals < 0 || !pair.substring(equals + 1).trim().equals("false");
            if (key.equals("api/all") && !on && pairs.size() == 1) {
                problems.add("invalid runtime-config with only api/all=false");
            } else if (LEGACY.contains(key) && !on) {
                problems.add("--runtime-config: " + pair + ": apiserver4j does not run without the core group");
            } else if (BEYOND.contains(key) && on) {
                later(pair);
            } else if (WHOLE.contains(key) || LEGACY.contains(key) || isServed(key, on, pair)) {
                given.put(key.startsWith("api/v") ? key.substring("api".length()) : key, on);
            }
        }
        if (!unknown.isEmpty()) {
            problems.add("unknown api groups " + String.join(",", unknown));
        }
        if (!isOn("", "v1", "namespaces") && problems.isEmpty()) {
            problems.add("--runtime-config: apiserver4j does not run without namespaces: add api/v1=true");
        }
        return problems.isEmpty()
                ? ServedApis.all().and((definition, version) -> isOn(definition.group(), version, definition.plural()))
                : ServedApis.all();
    }

    private void later(String pair) {
        problems.add(
                "--runtime-config: " + pair + " is not served by apiserver4j yet: it serves what is on by default");
    }

    private boolean isServed(String key, boolean on, String pair) {
        String[] parts = key.split("/", -1);
        if (parts.length != 2 && parts.length != 3) {
            problems.add("runtime-config invalid key " + key);
            return false;
        }
        String group = parts[0].equals("api") ? "" : parts[0];
        if (!catalog.groups().contains(group)) {
            unknown.add(parts[0] + "/" + parts[1]);
            return false;
        }
        ResourceDefinition resource = parts.length == 3 ? catalog.find(group, parts[1], parts[2]) : null;
        boolean served = catalog.versions(group).contains(parts[1]) && (parts.length == 2 || resource != null);
        if (!served && on) {
            later(pair);
        }
        return served;
    }

    private boolean isOn(String group, String version, String plural) {
        boolean on = given.getOrDefault("api/all", true);
        if (version.matches("v[0-9]+")) {
            on = given.getOrDefault("api/ga", on);
        } else {
            on = given.getOrDefault(version.contains("alpha") ? "api/alpha" : "api/beta", on);
        }
        on = given.getOrDefault(group + "/" + version, on);
        return given.getOrDefault(group + "/" + version + "/" + plural, on);
    }
}
