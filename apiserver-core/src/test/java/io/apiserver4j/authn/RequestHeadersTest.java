// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Peer;
import io.apiserver4j.request.Query;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Headers SAID = Headers.of(
            "X-Remote-User", "jane", "X-Remote-Group", "dev", "X-Remote-Group", "qa", "X-Remote-Extra-a%2Fb", "c");
    private static KeyPair keys;
    private static X509Certificate authority;
    private static X509Certificate proxy;
    private static X509Certificate other;

    @BeforeAll
    static void make() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        keys = generator.generateKeyPair();
        KeyPair strangers = generator.generateKeyPair();
        authority = certificate("CN=ca", "CN=ca", keys, keys);
        proxy = certificate("CN=ca", "CN=front-proxy", keys, generator.generateKeyPair());
        other = certificate("CN=ca", "CN=front-proxy", strangers, generator.generateKeyPair());
    }

    private static X509Certificate certificate(String issuer, String subject, KeyPair signer, KeyPair own)
            throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                new X500Principal(issuer),
                                BigInteger.valueOf(subject.hashCode() & 0xffff),
                                Date.from(NOW.minusSeconds(3600)),
                                Date.from(NOW.plusSeconds(3600)),
                                new X500Principal(subject),
                                own.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    private static AuthResult ask(List<String> allowed, Headers headers, X509Certificate... shown) {
        RequestHeaders.Names names = new RequestHeaders.Names(
                allowed,
                List.of("X-Remote-User"),
                List.of("X-Remote-Uid"),
                List.of("X-Remote-Group"),
                List.of("X-Remote-Extra-"));
        Peer peer = new Peer("10.0.0.1", List.of(shown));
        ApiRequest request = new ApiRequest("GET", "/", Query.NONE, headers, new byte[0], peer, true);
        Call call = new Call(request, "id", NOW, null, null, null, new CallNotes(), new Cancellation());
        return new RequestHeaders(List.of(authority), names, () -> NOW).authenticate(call);
    }

    @Test
    void aProxySaysWhoCalls() {
        assertThat(ask(List.of("front-proxy"), SAID, proxy))
                .isEqualTo(new AuthResult.Known(new Identity(
                        "jane", "", List.of("dev", "qa", Identity.AUTHENTICATED), Map.of("a/b", List.of("c")))));
        assertThat(ask(List.of(), Headers.NONE, proxy)).isEqualTo(AuthResult.NO_OPINION);
    }

    @Test
    void nobodyElseIsBelieved() {
        assertThat(ask(List.of(), SAID)).isEqualTo(AuthResult.NO_OPINION);
        assertThat(ask(List.of(), SAID, other)).isEqualTo(AuthResult.NO_OPINION);
        assertThat(ask(List.of("another"), SAID, proxy))
                .isEqualTo(new AuthResult.Refused("x509: subject with cn=front-proxy is not in the allowed list"));
    }
}
