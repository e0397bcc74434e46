// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The keys of one provider. Tokens that name an unknown key cannot make us fetch more often than now and then. */
final class ProviderKeys {
    private static final Duration LEAST_AGE = Duration.ofSeconds(10);
    private static final Duration MOST_AGE = Duration.ofHours(1);

    private final String issuer;
    private final Documents documents;
    private final InstantSource clock;
    private List<JWK> keys = List.of(); // guarded by this
    private Instant fetched = Instant.EPOCH; // guarded by this

    ProviderKeys(String issuer, Documents documents, InstantSource clock) {
        this.issuer = issuer;
        this.documents = documents;
        this.clock = clock;
    }

    /** The keys that may have signed a token with this header. */
    synchronized List<PublicKey> of(JWSHeader header) throws IOException {
        Instant now = clock.instant();
        List<PublicKey> found = matching(header);
        Duration age = Duration.between(fetched, now);
        boolean old = age.compareTo(MOST_AGE) > 0;
        if (old || found.isEmpty() && age.compareTo(LEAST_AGE) > 0) {
            fetched = now; // also where it fails: who asks next is answered by what there is
            try {
                keys = fetch();
            } catch (IOException e) {
                if (found.isEmpty()) {
                    throw e;
                }
            }
            found = matching(header);
        }
        return found;
    }

    private List<PublicKey> matching(JWSHeader header) {
        List<PublicKey> out = new ArrayList<>();
        for (JWK key : keys) {
            boolean named = header.getKeyID() == null || header.getKeyID().equals(key.getKeyID());
            boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
            boolean fits = key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm());
            if (named && signs && fits && key instanceof AsymmetricJWK asymmetric) {
                try {
                    out.add(asymmetric.toPublicKey());
                } catch (JOSEException e) {
                    // a key that can't be used verifies nothing
                }
            }
        }
        return out;
    }

    private List<JWK> fetch() throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        try {
            ObjectValue document = JsonReader.readObject(documents.get(base + "/.well-known/openid-configuration"));
            if (!document.stringOrEmpty("issuer").equals(issuer)) {
                throw new IOException("oidc: issuer did not match the issuer returned by provider, expected \"" + issuer
                        + "\" got \"" + document.stringOrEmpty("issuer") + "\"");
            }
            byte[] set = documents.get(document.stringOrEmpty("jwks_uri"));
            return JWKSet.parse(new String(set, StandardCharsets.UTF_8)).getKeys();
        } catch (JsonSyntaxException | ParseException e) {
            throw new IOException("the documents of the provider can't be read: " + e.getMessage(), e);
        }
    }
}
