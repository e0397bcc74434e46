// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.token.ServiceAccountKeys;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcTokensTest {
    private static final String ISSUER = "https://id.example.com";
    private static final KeyPair KEYS = rsa();
    private static final String GOOD = "{'iss':'https://id.example.com','aud':['kubernetes'],'sub':'jane','exp':"
            + Instant.parse("2026-03-01T13:00:00Z").getEpochSecond() + ",'groups':['dev'],'tenant':'a','jti':'x1'}";

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final AtomicInteger fetches = new AtomicInteger();
    private boolean reachable = true;
    private final OidcTokens tokens = new OidcTokens(
            new OidcSettings(
                    ISSUER,
                    List.of("kubernetes"),
                    List.of("RS256", "HS256"),
                    "sub",
                    "oidc:",
                    "groups",
                    "g:",
                    Map.of("tenant", "a")),
            this::document,
            () -> now);

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] document(String url) throws IOException {
        fetches.incrementAndGet();
        if (!reachable) {
            throw new IOException("no route");
        }
        if (url.endsWith("/.well-known/openid-configuration")) {
            return ("{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"" + ISSUER + "/keys\"}")
                    .getBytes(StandardCharsets.UTF_8);
        }
        return JsonWriter.toBytes(new ServiceAccountKeys(() -> KEYS, List::of).document());
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String header, String payload) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KEYS.getPrivate());
        String text = part(header) + "." + part(payload);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private AuthResult ask(String token) {
        return tokens.authenticate(token, List.of(), new CallNotes());
    }

    @Test
    void claimsBecomeAnIdentity() throws Exception {
        String token = signed("{'alg':'RS256'}", GOOD);
        AuthResult.Known known = (AuthResult.Known) ask(token);
        assertThat(known.identity())
                .isEqualTo(new Identity(
                        "oidc:jane",
                        "",
                        List.of("g:dev", Identity.AUTHENTICATED),
                        Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=x1"))));
        ask(token);
        assertThat(fetches).hasValue(2); // the documents are kept
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'kubernetes'|'other'|expected audience",
                "'sub':'jane'|'sub':7|claim not present",
                "'tenant':'a'|'tenant':'b'|required claim tenant value does not match",
                "'tenant':'a'|'x':'b'|required claim tenant not present in ID token",
                "['dev']|{'a':1}|parse groups claim",
                "'exp':|'exp':1,'old':|token is expired",
                "'exp':|'old':|token is expired",
            })
    void whatIsWrongIsTold(String what, String with, String reason) throws Exception {
        AuthResult result = ask(signed("{'alg':'RS256'}", GOOD.replace(what, with)));
        assertThat(result).isInstanceOf(AuthResult.Refused.class);
        assertThat(((AuthResult.Refused) result).reason()).startsWith("oidc: ").contains(reason);
    }

    @Test
    void forgedTokensAreRefused() throws Exception {
        String text = part("{'alg':'HS256'}") + "." + part(GOOD);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEYS.getPublic().getEncoded(), "HmacSHA256"));
        String confused = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        for (String token : List.of(
                text + "." + confused,
                part("{'alg':'none'}") + "." + part(GOOD) + ".",
                part("{'alg':'RS256'}") + "." + part(GOOD) + ".AAAA",
                signed("{'alg':'PS256'}", GOOD))) {
            assertThat(ask(token)).as(token).isInstanceOf(AuthResult.Refused.class);
        }
        assertThat(ask(signed("{'alg':'RS256'}", GOOD.replace("id.example.com", "other.example.com"))))
                .isEqualTo(AuthResult.NO_OPINION);
    }

    @Test
    void unknownKeysAreAskedForNowAndThenOnly() throws Exception {
        String stranger = signed("{'alg':'RS256','kid':'other'}", GOOD);
        for (int i = 0; i < 5; i++) {
            assertThat(ask(stranger)).isInstanceOf(AuthResult.Refused.class);
        }
        assertThat(fetches).hasValue(2);
        now = now.plusSeconds(11);
        ask(stranger);
        assertThat(fetches).hasValue(4);
    }

    @Test
    void aProviderThatIsAwayIsTold() throws Exception {
        reachable = false;
        AuthResult result = ask(signed("{'alg':'RS256'}", GOOD));
        assertThat(((AuthResult.Refused) result).reason()).contains("authenticator not initialized: no route");
        reachable = true;
        now = now.plusSeconds(11);
        assertThat(ask(signed("{'alg':'RS256'}", GOOD))).isInstanceOf(AuthResult.Known.class);
    }
}
