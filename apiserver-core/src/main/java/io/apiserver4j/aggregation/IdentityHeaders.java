// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How a front proxy tells the server behind it who calls, and which headers it keeps to itself. */
final class IdentityHeaders {
    /** Who asks for discovery and health. */
    static final Identity AGGREGATOR = Identity.of("system:kube-aggregator", Identity.MASTERS);

    private static final String EXTRA = "x-remote-extra-";
    private static final String TOKEN_MARKS = "!#$&'*+-.^_`|~";

    /** Those of one connection, those that say who somebody is, and those that the client library sets itself. */
    private static final Set<String> KEPT = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "content-length",
            "expect",
            "http2-settings",
            "authorization",
            "x-remote-user",
            "x-remote-uid",
            "x-remote-group",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-uri");

    private IdentityHeaders() {}

    /** The headers of a call as they are handed on. */
    static Headers of(Headers given, Identity identity) {
        Headers.Builder out = Headers.builder();
        given.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!KEPT.contains(lower) && !lower.startsWith(EXTRA) && !lower.startsWith("impersonate-")) {
                out.add(lower, value);
            }
        });
        out.add("X-Remote-User", identity.user());
        if (!identity.uid().isEmpty()) {
            out.add("X-Remote-Uid", identity.uid());
        }
        identity.groups().forEach(group -> out.add("X-Remote-Group", group));
        for (Map.Entry<String, List<String>> extra : identity.extra().entrySet()) {
            String name = "X-Remote-Extra-" + escaped(extra.getKey());
            extra.getValue().forEach(value -> out.add(name, value));
        }
        return out.build();
    }

    /** The headers of an answer as they are handed back. */
    static boolean isAnswered(String name) {
        return !name.startsWith(":")
                && switch (name.toLowerCase(Locale.ROOT)) {
                    case "connection",
                            "proxy-connection",
                            "keep-alive",
                            "proxy-authenticate",
                            "te",
                            "trailer",
                            "transfer-encoding",
                            "upgrade",
                            "date",
                            "audit-id" -> false;
                    default -> true;
                };
    }

    /** What a header's name can't hold stands there as percent escapes. */
    private static String escaped(String key) {
        StringBuilder out = new StringBuilder();
        for (byte one : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letterOrDigit || TOKEN_MARKS.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return out.toString();
    }
}
