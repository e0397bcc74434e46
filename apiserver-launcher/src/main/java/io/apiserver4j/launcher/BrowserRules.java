// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What browsers are told: by which origins they may be sent here, and that they may come by TLS only.
 *
 * @param origins expressions for origins, one of which must be found in an origin
 * @param transport directives of the header Strict-Transport-Security
 */
record BrowserRules(List<Pattern> origins, List<String> transport) implements Stage {
    private static final List<String> ALLOWED = List.of(
            "Access-Control-Allow-Methods", "POST, GET, OPTIONS, PUT, DELETE, PATCH",
            "Access-Control-Allow-Headers",
                    "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With,"
                            + " If-Modified-Since",
            "Access-Control-Expose-Headers", "Date",
            "Access-Control-Allow-Credentials", "true");

    /** What the flags say. */
    static BrowserRules of(FlagValues flags, List<String> problems) {
        List<Pattern> origins = new ArrayList<>();
        for (String text : flags.all("cors-allowed-origins")) {
            try {
                origins.add(Pattern.compile(text));
            } catch (PatternSyntaxException e) {
                problems.add("--cors-allowed-origins has an invalid regular expression: " + e.getDescription());
            }
        }
        List<String> directives = new ArrayList<>();
        for (String directive : flags.all("strict-transport-security-directives")) {
            String trimmed = directive.trim();
            if (!trimmed.equals("includeSubDomains") && !trimmed.equals("preload") && !trimmed.startsWith("max-age=")) {
                problems.add("--strict-transport-security-directives invalid, allowed values: max-age=expireTime, "
                        + "includeSubDomains, preload. see https://tools.ietf.org/html/rfc6797#section-6.1 for more "
                        + "information");
            }
            directives.add(trimmed);
        }
        return new BrowserRules(List.copyOf(origins), List.copyOf(directives));
    }

    boolean isNeeded() {
        return !origins.isEmpty() || !transport.isEmpty();
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        String origin = call.request().headers().firstOrEmpty("Origin");
        boolean known = !origin.isEmpty()
                && origins.stream().anyMatch(one -> one.matcher(origin).find());
        List<String> added = new ArrayList<>();
        if (known) {
            added.add("Access-Control-Allow-Origin");
            added.add(origin);
            added.addAll(ALLOWED);
        }
        if (!transport.isEmpty()) {
            added.add("Strict-Transport-Security");
            added.add(String.join("; ", transport));
        }
        if (known && call.request().method().equals("OPTIONS")) {
            return ApiResponse.Complete.of(204, Headers.NONE.withAll(added), new byte[0]);
        }
        ApiResponse answer = next.handle(call);
        return answer.withHeaders(answer.headers().withAll(added));
    }
}
