// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads URLs: which resource a path names, and which verb the method means there. The rules are those of kube-apiserver's
 * request info; whether anything is served there is not known here.
 */
public final class TargetResolver {
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");
    private static final Set<String> NOT_WATCH = Set.of("false", "0");

    private TargetResolver() {}

    /** The target of a request. */
    public static Target resolve(ApiRequest request) {
        String path = Query.decode(request.path(), false);
        if (path == null) {
            path = request.path();
        }
        List<String> parts = split(path);
        boolean core = !parts.isEmpty() && parts.get(0).equals("api");
        boolean named = !parts.isEmpty() && parts.get(0).equals("apis");
        int start = core ? 2 : 3;
        if (path.startsWith("//") || !core && !named || parts.size() <= start) {
            return new Target.OfPath(ofMethod(request.method()), path);
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(start - 1);
        List<String> rest = parts.subList(start, parts.size());
        return resource(request, path, group, version, rest);
    }

    private static Target resource(ApiRequest request, String path, String group, String version, List<String> given) {
        List<String> parts = given;
        Verb verb = ofResourceMethod(request.method());
        boolean watchPath = false;
        if (parts.get(0).equals("watch") || parts.get(0).equals("proxy")) {
            if (parts.size() < 2) {
                return new Target.OfPath(ofMethod(request.method()), path);
            }
            watchPath = parts.get(0).equals("watch");
            verb = watchPath ? Verb.WATCH : Verb.PROXY;
            parts = parts.subList(1, parts.size());
        }
        String namespace = "";
        if (parts.get(0).equals("namespaces") && parts.size() > 1) {
            namespace = parts.get(1);
            if (parts.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(parts.get(2))) {
                parts = parts.subList(2, parts.size());
            }
        }
        String resource = parts.get(0);
        String name = parts.size() > 1 ? parts.get(1) : "";
        String subresource = parts.size() > 2 ? parts.get(2) : "";
        List<String> rest = parts.size() > 3 ? List.copyOf(parts.subList(3, parts.size())) : List.of();
        if (verb == Verb.GET && name.isEmpty()) {
            verb = isWatch(request.query()) ? Verb.WATCH : Verb.LIST;
        }
        if (verb == Verb.DELETE && name.isEmpty()) {
            verb = Verb.DELETECOLLECTION;
        }
        return new Target.OfResource(
                verb, path, group, version, resource, subresource, namespace, name, rest, watchPath);
    }

    /** True where the query asks for a watch: any value but {@code false} and {@code 0}, as Kubernetes reads booleans. */
    public static boolean isWatch(Query query) {
        return query.has("watch") && !NOT_WATCH.contains(query.firstOrEmpty("watch"));
    }

    private static List<String> split(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        String trimmed = path.substring(start, end);
        return trimmed.isEmpty() ? List.of() : Arrays.asList(trimmed.split("/", -1));
    }

    private static Verb ofResourceMethod(String method) {
        return switch (method) {
            case "POST" -> Verb.CREATE;
            case "GET", "HEAD" -> Verb.GET;
            case "PUT" -> Verb.UPDATE;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" -> Verb.DELETE;
            default -> Verb.OTHER;
        };
    }

    private static Verb ofMethod(@Nullable String method) {
        return switch (String.valueOf(method)) {
            case "GET" -> Verb.GET;
            case "HEAD" -> Verb.HEAD;
            case "POST" -> Verb.POST;
            case "PUT" -> Verb.PUT;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" -> Verb.DELETE;
            case "OPTIONS" -> Verb.OPTIONS;
            default -> Verb.OTHER;
        };
    }
}
