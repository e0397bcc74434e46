// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.request.ApiRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where a request went, and where it came from. */
final class RequestUri {
    private RequestUri() {}

    /** The path as it came, and the query put together again. */
    static String of(ApiRequest request) {
        if (request.query().isEmpty()) {
            return request.path();
        }
        StringBuilder out = new StringBuilder(request.path());
        char separator = '?';
        for (String name : request.query().names()) {
            for (String value : request.query().all(name)) {
                out.append(separator).append(escaped(name)).append('=').append(escaped(value));
                separator = '&';
            }
        }
        return out.toString();
    }

    /** As Go escapes values of a query. */
    private static String escaped(String text) {
        String escaped = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return escaped.indexOf('*') < 0 && escaped.indexOf("%7E") < 0
                ? escaped
                : escaped.replace("*", "%2A").replace("%7E", "~");
    }

    /** The addresses that proxies tell of, and last the peer's; each kept from proxies only where it is one. */
    static List<String> sources(ApiRequest request) {
        List<String> out = new ArrayList<>(1);
        for (String part : request.headers().firstOrEmpty("X-Forwarded-For").split(",")) {
            add(out, part.trim());
        }
        String real = request.headers().firstOrEmpty("X-Real-Ip");
        if (!out.contains(real)) {
            add(out, real);
        }
        String peer = request.peer().address();
        if (out.isEmpty() || !out.get(out.size() - 1).equals(peer)) {
            add(out, peer);
        }
        return out;
    }

    private static void add(List<String> out, String text) {
        if (!text.isEmpty()) {
            IpAddress address = IpAddress.parse(text);
            if (address != null) {
                out.add(address.toString());
            }
        }
    }
}
