// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.meta.Status;
import io.apiserver4j.request.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fixed paths: discovery, documents, health. Immutable. */
final class Surface {
    private static final Endpoint UNKNOWN = call -> {
        throw Status.noSuchPath().asException();
    };

    private final Map<String, Endpoint> exact;
    private final Map<String, Endpoint> prefixes;
    private final List<String> routes;

    private Surface(Map<String, Endpoint> exact, Map<String, Endpoint> prefixes, List<String> routes) {
        this.routes = List.copyOf(routes);
        this.exact = new LinkedHashMap<>(exact);
        this.prefixes = new LinkedHashMap<>(prefixes);
    }

    /** What answers a path, or null. */
    @Nullable
    Endpoint find(String path) {
        Endpoint end = exact.get(path);
        if (end != null) {
            return end;
        }
        for (String route : routes) {
            if (path.startsWith(route + "/")) {
                return path.chars().skip(route.length()).allMatch(c -> c == '/') ? exact.get(route) : UNKNOWN;
            }
        }
        for (Map.Entry<String, Endpoint> prefix : prefixes.entrySet()) {
            if (path.startsWith(prefix.getKey())) {
                return prefix.getValue();
            }
        }
        return null;
    }

    /** The paths, sorted. */
    Set<String> paths() {
        Set<String> out = new TreeSet<>(exact.keySet());
        out.addAll(prefixes.keySet());
        return out;
    }

    /** Collects paths. */
    static final class Builder {
        private final Map<String, Endpoint> exact = new LinkedHashMap<>();
        private final Map<String, Endpoint> prefixes = new LinkedHashMap<>();
        private final List<String> routes = new ArrayList<>(3);

        /** Serves one path. */
        Builder path(String path, Endpoint endpoint) {
            exact.put(path, endpoint);
            return this;
        }

        /** Serves one path, also with slashes behind it; all else below it is unknown in the words of the API. */
        Builder route(String path, Endpoint endpoint) {
            routes.add(path);
            return path(path, endpoint);
        }

        /** Serves all paths that begin with a text. */
        Builder below(String prefix, Endpoint endpoint) {
            prefixes.put(prefix, endpoint);
            return this;
        }

        Surface build() {
            return new Surface(exact, prefixes, routes);
        }
    }
}
