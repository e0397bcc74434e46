// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.resource.Catalog;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * APIs switched on and off. What is served here are the APIs that v1.37 serves by default, so they can be named, but not
 * changed.
 */
final class RuntimeConfig {
    private static final Set<String> WHOLE = Set.of("api/all", "api/ga", "api/beta", "api/alpha", "api/legacy");

    private RuntimeConfig() {}

    /** Adds what is wrong with pairs of APIs and states, such as {@code apps/v1=true}. */
    static void check(List<String> pairs, List<String> problems) {
        if (pairs.isEmpty()) {
            return;
        }
        Catalog catalog = new Catalog(BuiltinCatalog.definitions(KindSettings.STANDARD));
        Set<String> unknown = new TreeSet<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
            boolean off = equals >= 0 && pair.substring(equals + 1).trim().equals("false");
            if (key.equals("api/all") && off && pairs.size() == 1) {
                problems.add("invalid runtime-config with only api/all=false");
            } else if (WHOLE.contains(key)) {
                boolean served =
                        key.equals("api/alpha") || key.equals("api/beta") ? off : !off && !key.equals("api/all");
                checkServed(served, pair, problems);
            } else {
                checkOne(catalog, key, off, pair, unknown, problems);
            }
        }
        if (!unknown.isEmpty()) {
            problems.add("unknown api groups " + String.join(",", unknown));
        }
    }

    private static void checkOne(
            Catalog catalog, String key, boolean off, String pair, Set<String> unknown, List<String> problems) {
        String[] parts = key.split("/", -1);
        if (parts.length != 2 && parts.length != 3) {
            problems.add("runtime-config invalid key " + key);
            return;
        }
        if (!catalog.groups().contains(parts[0])) {
            unknown.add(parts[0] + "/" + parts[1]);
            return;
        }
        boolean served = catalog.versions(parts[0]).contains(parts[1])
                && (parts.length == 2 || catalog.find(parts[0], parts[1], parts[2]) != null);
        checkServed(served != off, pair, problems);
    }

    private static void checkServed(boolean served, String pair, List<String> problems) {
        if (!served) {
            problems.add(
                    "--runtime-config: " + pair + " is not served by apiserver4j yet: it serves what is on by default");
        }
    }
}
