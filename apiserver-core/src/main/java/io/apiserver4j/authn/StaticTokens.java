// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by bearer tokens from a table. The file form has a line a token: {@code token,user,uid,"group1,group2"}
 * (kube-apiserver's --token-auth-file).
 */
public final class StaticTokens implements Authenticator {
    private final @Nullable TokenDigests digests; // null where there are no tokens
    private final Map<Object, Identity> tokens;

    /** A table of tokens; the group of the authenticated is added to each identity. */
    public StaticTokens(Map<String, Identity> tokens) {
        TokenDigests made = tokens.isEmpty() ? null : new TokenDigests();
        this.digests = made;
        this.tokens = new HashMap<>();
        tokens.forEach((token, identity) -> {
            List<String> groups = new ArrayList<>(identity.groups());
            if (!groups.contains(Identity.AUTHENTICATED)) {
                groups.add(Identity.AUTHENTICATED);
            }
            this.tokens.put(
                    Objects.requireNonNull(made).of(token),
                    new Identity(identity.user(), identity.uid(), groups, identity.extra()));
        });
    }

    /** Reads the file form; throws {@link IllegalArgumentException} where a line has less than three columns. */
    public static StaticTokens parse(String text) {
        Map<String, Identity> tokens = new HashMap<>();
        for (String line : text.split("\r?\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> columns = columns(line);
            if (columns.size() < 3) {
                throw new IllegalArgumentException(
                        "token file must have at least 3 columns (token, user name, user uid), found "
                                + columns.size());
            }
            List<String> groups = columns.size() > 3 && !columns.get(3).isEmpty()
                    ? Arrays.asList(columns.get(3).split(","))
                    : List.of();
            tokens.put(columns.get(0), new Identity(columns.get(1), columns.get(2), groups, Map.of()));
        }
        return new StaticTokens(tokens);
    }

    private static List<String> columns(String line) {
        List<String> out = new ArrayList<>();
        StringBuilder column = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                out.add(column.toString());
                column.setLength(0);
            } else {
                column.append(c);
            }
        }
        out.add(column.toString());
        return out;
    }

    @Override
    public AuthResult authenticate(Call call) {
        String token = BearerTokens.of(call);
        if (token == null) {
            return AuthResult.NO_OPINION;
        }
        TokenDigests known = digests;
        Identity identity = known == null ? null : tokens.get(known.of(token));
        return identity == null ? new AuthResult.Refused("unknown token") : new AuthResult.Known(identity);
    }
}
