// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.value.ObjectValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Whom to call, as the {@code clientConfig} of a webhook says it.
 *
 * @param url the address; empty where a service is meant
 * @param service the service, or null
 * @param caBundle PEM certificates in base64 that the other side must be trusted by; empty for the system's authorities
 */
public record CallTarget(String url, @Nullable Service service, String caBundle) {
    /** A port and a path of a service. */
    public record Service(String namespace, String name, int port, String path) {
        /** The name that the certificate must have. */
        public String serverName() {
            return name + "." + namespace + ".svc";
        }
    }

    /** Reads a {@code clientConfig} ({@code url} or {@code service}, {@code caBundle}). */
    public static CallTarget of(ObjectValue clientConfig) {
        ObjectValue service = clientConfig.getObject("service");
        return new CallTarget(
                clientConfig.stringOrEmpty("url"),
                service == null
                        ? null
                        : new Service(
                                service.stringOrEmpty("namespace"),
                                service.stringOrEmpty("name"),
                                (int) service.longOr("port", 443),
                                service.stringOrEmpty("path")),
                clientConfig.stringOrEmpty("caBundle"));
    }

    /** The address without query, as messages show it and as local endpoints are registered. */
    public String address() {
        Service reference = service;
        if (reference != null) {
            return "https://" + reference.serverName() + ":" + reference.port() + clean(reference.path());
        }
        int host = url.indexOf("://");
        int path = host < 0 ? -1 : url.indexOf('/', host + 3);
        return path < 0 ? url + "/" : url.substring(0, path) + clean(url.substring(path));
    }

    /** The path as Go joins it: one slash between segments, none at the end. */
    private static String clean(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        if (kept.isEmpty()) {
            return "/";
        }
        StringBuilder out = new StringBuilder(path.length());
        for (Iterator<String> all = kept.iterator(); all.hasNext(); ) {
            out.append('/').append(all.next());
        }
        return out.toString();
    }
}
