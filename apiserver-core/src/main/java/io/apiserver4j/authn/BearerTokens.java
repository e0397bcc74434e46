// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the bearer token of a call: in the Authorization header, or in the WebSocket sub-protocol that browsers use. */
public final class BearerTokens {
    private static final String WEB_SOCKET = "base64url.bearer.authorization.k8s.io.";
    private static final String AUTHORIZATION = "Authorization";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    private static final String EXTRA_SPACE =
            "the provided Authorization header contains extra space before the bearer token, and is ignored";

    private BearerTokens() {}

    /** The token, or null where the call has none; empty, which is nobody's, where a sub-protocol can't be read. */
    public static @Nullable String of(Call call) {
        Headers headers = call.request().headers();
        String header = headers.firstOrEmpty(AUTHORIZATION).trim();
        int space = header.indexOf(' ');
        if (space > 0 && header.substring(0, space).equalsIgnoreCase("bearer")) {
            String rest = header.substring(space + 1);
            int end = rest.indexOf(' ');
            if (end == 0) {
                call.notes().warn(EXTRA_SPACE);
                return null;
            }
            return end < 0 ? rest : rest.substring(0, end);
        }
        return headers.has(PROTOCOL) && isWebSocket(headers) ? ofProtocols(headers) : null;
    }

    private static boolean isWebSocket(Headers headers) {
        return headers.firstOrEmpty("Upgrade").equalsIgnoreCase("websocket")
                && headers.firstOrEmpty("Connection").toLowerCase(Locale.ROOT).contains("upgrade");
    }

    private static @Nullable String ofProtocols(Headers headers) {
        String encoded = null;
        boolean others = false;
        for (String name : protocols(headers)) {
            if (!name.startsWith(WEB_SOCKET)) {
                others = true;
            } else if (encoded != null) {
                return ""; // two tokens are none
            } else {
                encoded = name.substring(WEB_SOCKET.length());
            }
        }
        if (encoded == null) {
            return null;
        }
        try {
            // the token is no protocol to agree on: there must be another one
            return others ? new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8) : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static List<String> protocols(Headers headers) {
        List<String> out = new ArrayList<>();
        for (String line : headers.all(PROTOCOL)) {
            for (String name : line.split(",", -1)) {
                out.add(name.trim());
            }
        }
        return out;
    }

    /** The headers without a bearer token: nothing behind the stage that knows callers is to see one, least of all proxies. */
    public static Headers without(Headers headers) {
        Headers out = headers;
        String header = out.firstOrEmpty(AUTHORIZATION).trim();
        if (header.regionMatches(true, 0, "bearer ", 0, 7)) {
            out = out.without(AUTHORIZATION);
        }
        if (out.has(PROTOCOL)) {
            List<String> all = protocols(out);
            List<String> kept =
                    all.stream().filter(name -> !name.startsWith(WEB_SOCKET)).toList();
            if (kept.size() < all.size()) {
                out = kept.isEmpty() ? out.without(PROTOCOL) : out.with(PROTOCOL, String.join(", ", kept));
            }
        }
        return out;
    }
}
