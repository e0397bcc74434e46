// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token says; whether that is true is not known here. */
public record TokenClaims(ObjectValue tree) {
    /** Clocks may differ by this much. */
    static final Duration LEEWAY = Duration.ofMinutes(1);

    /** The claims of a token in the compact form with a signature, unverified; null where the text is none. */
    public static @Nullable TokenClaims unverified(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return null;
        }
        try {
            byte[] text = Base64.getUrlDecoder()
                    .decode(token.substring(first + 1, second).getBytes(StandardCharsets.ISO_8859_1));
            return of(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The claims of a payload, or null where that is no JSON object. */
    public static @Nullable TokenClaims of(byte[] payload) {
        try {
            ObjectValue tree = JsonReader.read(payload).asObject();
            return tree == null ? null : new TokenClaims(tree);
        } catch (JsonSyntaxException e) {
            return null;
        }
    }

    /** Who issued it, or empty. */
    public String issuer() {
        return tree.stringOrEmpty("iss");
    }

    /** Whom it is about, or empty. */
    public String subject() {
        return tree.stringOrEmpty("sub");
    }

    /** Its own id, or empty. */
    public String id() {
        return tree.stringOrEmpty("jti");
    }

    /** For whom it is. */
    public List<String> audiences() {
        Value value = tree.get("aud");
        if (value == null) {
            return List.of();
        }
        String single = value.asString();
        ArrayValue several = value.asArray();
        return single != null ? List.of(single) : several != null ? several.strings() : List.of();
    }

    /** A time of the claims, or null where they have none. */
    public @Nullable Instant time(String name) {
        return time(tree.get(name));
    }

    static @Nullable Instant time(@Nullable Value value) {
        NumberValue number = value == null ? null : value.asNumber();
        if (number == null) {
            return null;
        }
        double seconds = number.doubleValue();
        // beyond the years that are written with four digits: as good as never
        return Instant.ofEpochSecond((long) Math.max(Math.min(seconds, 253_402_300_799d), -62_135_596_800d));
    }

    /** Why the token does not count at this time, or null where it does. */
    @Nullable
    String untimely(Instant now) {
        Instant from = time("nbf");
        if (from != null && now.plus(LEEWAY).isBefore(from)) {
            return "service account token is not valid yet";
        }
        Instant until = time("exp");
        if (until != null && now.minus(LEEWAY).isAfter(until)) {
            return "service account token has expired";
        }
        Instant issued = time("iat");
        if (issued != null && now.plus(LEEWAY).isBefore(issued)) {
            return "service account token claims could not be validated due to unexpected validation error";
        }
        return null;
    }
}
