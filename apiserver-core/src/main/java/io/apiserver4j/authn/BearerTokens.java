// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Finds the bearer token of a call: in the Authorization header, or in the WebSocket sub-protocol that browsers use. */
public final class BearerTokens {
    private static final String WEB_SOCKET = "base64url.bearer.authorization.k8s.io.";

    private static final String EXTRA_SPACE =
            "the provided Authorization header contains extra space before the bearer token, and is ignored";

    private BearerTokens() {}

    /** The token, or null where the call has none. */
    public static @Nullable String of(Call call) {
        String header = call.request().headers().firstOrEmpty("Authorization").trim();
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
        for (String protocols : call.request().headers().all("Sec-WebSocket-Protocol")) {
            for (String protocol : protocols.split(",")) {
                String name = protocol.trim();
                if (name.startsWith(WEB_SOCKET)) {
                    try {
                        byte[] token = Base64.getUrlDecoder().decode(name.substring(WEB_SOCKET.length()));
                        return new String(token, StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        return null;
                    }
                }
            }
        }
        return null;
    }
}
