// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.BearerTokens;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Identity;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Knows callers by tickets: bearer tokens that say a name, groups and an end, signed with a secret. What is no ticket is left
 * to other authenticators; a ticket that is wrong or over is refused.
 */
public final class TicketAuthenticator implements Authenticator {
    private static final String PREFIX = "ticket.";

    private final SecretKeySpec secret;
    private final InstantSource clock;

    /** Tickets signed with this secret. */
    public TicketAuthenticator(byte[] secret, InstantSource clock) {
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    /** Writes a ticket. Names and groups have no bar in them. */
    public String issue(String user, List<String> groups, Instant end) {
        byte[] says = (user + "|" + end.getEpochSecond() + "|" + String.join("|", groups)).getBytes(UTF_8);
        Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
        return PREFIX + text.encodeToString(says) + "." + text.encodeToString(sign(says));
    }

    @Override
    public AuthResult authenticate(Call call) {
        String token = BearerTokens.of(call);
        if (token == null || !token.startsWith(PREFIX)) {
            return AuthResult.NO_OPINION;
        }
        String[] parts = token.substring(PREFIX.length()).split("\\.", -1);
        byte[] says;
        byte[] signature;
        try {
            says = Base64.getUrlDecoder().decode(parts[0]);
            signature = Base64.getUrlDecoder().decode(parts.length == 2 ? parts[1] : "");
        } catch (IllegalArgumentException e) {
            return new AuthResult.Refused("no ticket");
        }
        if (!MessageDigest.isEqual(sign(says), signature)) {
            return new AuthResult.Refused("not signed by us");
        }
        String[] fields = new String(says, UTF_8).split("\\|");
        if (!clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(fields[1])))) {
            return new AuthResult.Refused("over");
        }
        List<String> groups = new java.util.ArrayList<>(Arrays.asList(fields).subList(2, fields.length));
        groups.add(Identity.AUTHENTICATED);
        return new AuthResult.Known(new Identity(fields[0], "", groups, Map.of()));
    }

    private byte[] sign(byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
