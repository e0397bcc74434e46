// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Stage;
import java.util.ArrayList;
import java.util.List;

/** The headers that every answer has: the call's id, no caching, and the warnings collected on the way. */
final class ResponseHeadersStage implements Stage {
    private static final int LONGEST_WARNING = 4096;

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        ApiResponse response = next.handle(call);
        List<String> added = new ArrayList<>(8);
        added.add("Audit-Id");
        added.add(call.auditId());
        if (!response.headers().has("Cache-Control")) {
            added.add("Cache-Control");
            added.add("no-cache, private");
        }
        added.addAll(call.notes().headers());
        Headers headers = response.headers().withAll(added);
        for (String warning : call.notes().warnings()) {
            headers = headers.plus("Warning", "299 - " + quoted(warning));
        }
        return response.withHeaders(headers);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        int end = Math.min(text.length(), LONGEST_WARNING);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c < 0x20 || c == 0x7f ? ' ' : c);
            }
        }
        return out.append('"').toString();
    }
}
