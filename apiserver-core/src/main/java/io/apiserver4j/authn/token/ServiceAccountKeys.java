// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of service-account tokens: one that signs, and those that verify. Nothing is read or made before the first token
 * is seen. Safe for use by several threads.
 */
public final class ServiceAccountKeys {
    private final Supplier<KeyPair> signer;
    private final Supplier<List<PublicKey>> verifiers;
    private volatile @Nullable Ready ready;

    private record Ready(JWSSigner signer, VerifyingKey own, Map<String, VerifyingKey> verifiers) {}

    /**
     * Keys that are asked for when first needed.
     *
     * @param signer the pair that signs; its public key verifies where no others are given
     * @param verifiers the keys that verify; may be empty
     */
    public ServiceAccountKeys(Supplier<KeyPair> signer, Supplier<List<PublicKey>> verifiers) {
        this.signer = signer;
        this.verifiers = verifiers;
    }

    /** A new key pair, for servers that were given none: on the curve P-256, which is made at once. */
    public static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key pair for service accounts", e);
        }
    }

    private Ready ready() {
        Ready known = ready;
        if (known == null) {
            synchronized (this) {
                known = ready;
                if (known == null) {
                    known = make(signer.get(), verifiers.get());
                    ready = known;
                }
            }
        }
        return known;
    }

    private static Ready make(KeyPair pair, List<PublicKey> given) {
        try {
            PrivateKey key = pair.getPrivate();
            JWSSigner signer = key instanceof ECPrivateKey curve ? new ECDSASigner(curve) : new RSASSASigner(key);
            VerifyingKey own = VerifyingKey.of(pair.getPublic());
            Map<String, VerifyingKey> verifiers = new LinkedHashMap<>();
            for (PublicKey one : given) {
                VerifyingKey verifier = VerifyingKey.of(one);
                verifiers.put(verifier.id(), verifier);
            }
            if (verifiers.isEmpty()) {
                verifiers.put(own.id(), own);
            }
            return new Ready(signer, own, verifiers);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("no key that signs tokens: " + e.getMessage(), e);
        }
    }

    /** A signed token of these claims. */
    String sign(ObjectValue claims) {
        Ready keys = ready();
        VerifyingKey own = keys.own();
        try {
            JWSHeader header =
                    new JWSHeader.Builder(own.algorithm()).keyID(own.id()).build();
            JWSObject token = new JWSObject(header, new Payload(JsonWriter.toBytes(claims)));
            token.sign(keys.signer());
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("failed to generate token: " + e.getMessage(), e);
        }
    }

    /** The keys that may have signed a token which names this key; all where it names none. */
    List<VerifyingKey> of(@Nullable String id) {
        Map<String, VerifyingKey> all = ready().verifiers();
        if (id == null || id.isEmpty()) {
            return List.copyOf(all.values());
        }
        VerifyingKey one = all.get(id);
        return one == null ? List.of() : List.of(one);
    }

    /** The key set as others read it to verify tokens. */
    public ObjectValue document() {
        List<ObjectValue> out = new ArrayList<>();
        ready().verifiers().values().forEach(key -> out.add(key.document()));
        return ObjectValue.of("keys", ArrayValue.of(out));
    }

    /** The algorithms of the keys, sorted. */
    public List<String> algorithms() {
        TreeSet<String> out = new TreeSet<>();
        ready().verifiers().values().forEach(key -> out.add(key.algorithm().getName()));
        return List.copyOf(out);
    }
}
