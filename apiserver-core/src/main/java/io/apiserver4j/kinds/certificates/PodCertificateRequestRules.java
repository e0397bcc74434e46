// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.FieldRules;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * PodCertificateRequests: made by the kubelet, with the key that a pod proved to have, and never changed but for their status
 * ({@link PodCertificateStatus}). Whether a user may sign for the signer is not asked.
 */
public final class PodCertificateRequestRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final int MAX_UID = 128;
    private static final int MAX_KEY = 10 * 1024;
    private static final int MIN_EXPIRATION = 60 * 60;
    private static final int DAY = 24 * 60 * 60;

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        SignerNames.check(spec.stringOrEmpty("signerName"), SPEC.field("signerName"), errors);
        ValuePath annotationsPath = SPEC.field("unverifiedUserAnnotations");
        ObjectValue annotations = spec.objectOrEmpty("unverifiedUserAnnotations");
        for (ObjectValue.Member member : annotations) {
            FieldRules.domainPrefixedKey(annotationsPath, member.key().toLowerCase(Locale.ROOT), errors);
        }
        if (bytes(annotations) > MetadataRules.MAX_ANNOTATION_BYTES) {
            errors.tooLong(annotationsPath, MetadataRules.MAX_ANNOTATION_BYTES);
        }
        for (String owner : new String[] {"pod", "serviceAccount", "node"}) {
            owner(spec, owner, errors);
        }
        if (expiration(spec, errors)) {
            key(spec, errors);
        }
    }

    private static long bytes(ObjectValue annotations) {
        long bytes = 0;
        for (ObjectValue.Member member : annotations) {
            bytes += GoText.byteLength(member.key()) + GoText.byteLength(annotations.stringOrEmpty(member.key()));
        }
        return bytes;
    }

    private static void owner(ObjectValue spec, String owner, FieldErrors errors) {
        String name = spec.stringOrEmpty(owner + "Name");
        errors.invalidAll(SPEC.field(owner + "Name"), name, NameRules.dns1123Subdomain(name));
        String uid = spec.stringOrEmpty(owner + "UID");
        if (uid.isEmpty()) {
            errors.invalid(SPEC.field(owner + "UID"), "", "must not be empty");
        } else if (GoText.byteLength(uid) > MAX_UID) {
            errors.tooLong(SPEC.field(owner + "UID"), MAX_UID);
        }
    }

    private static boolean expiration(ObjectValue spec, FieldErrors errors) {
        ValuePath path = SPEC.field("maxExpirationSeconds");
        Long seconds = spec.getLong("maxExpirationSeconds");
        if (seconds == null) {
            errors.required(path, "must be set");
            return false;
        }
        int most = SignerNames.isKubernetes(spec.stringOrEmpty("signerName")) ? DAY : 91 * DAY;
        if (seconds < MIN_EXPIRATION || seconds > most) {
            errors.invalid(path, seconds, "must be in the range [" + MIN_EXPIRATION + ", " + most + "]");
        }
        return true;
    }

    private static void key(ObjectValue spec, FieldErrors errors) {
        byte[] stub = decoded(spec, "stubPKCS10Request");
        byte[] key = decoded(spec, "pkixPublicKey");
        byte[] proof = decoded(spec, "proofOfPossession");
        if (stub.length > 0 && key.length == 0 && proof.length == 0) {
            stub(stub, SPEC.field("stubPKCS10Request"), errors);
        } else if (stub.length == 0 && key.length > 0 && proof.length > 0) {
            proven(spec, key, proof, errors);
        } else {
            errors.invalidOmitted(
                    SPEC, "exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set");
        }
    }

    private static byte[] decoded(ObjectValue spec, String name) {
        return Base64.getMimeDecoder().decode(spec.stringOrEmpty(name));
    }

    private static void stub(byte[] stub, ValuePath path, FieldErrors errors) {
        if (stub.length > MAX_KEY) {
            errors.tooLong(path, MAX_KEY);
            return;
        }
        CertificateRequest request = CertificateRequest.parse(stub);
        if (request == null) {
            errors.invalidOmitted(path, "must be a valid PKCS#10 CSR");
            return;
        }
        boolean fits = strong(request.publicKey(), "P256, P384, or P521", null, path, errors);
        if (fits && !request.isSigned()) {
            errors.invalidOmitted(path, "invalid signature");
        }
    }

    private static void proven(ObjectValue spec, byte[] key, byte[] proof, FieldErrors errors) {
        ValuePath path = SPEC.field("pkixPublicKey");
        if (key.length > MAX_KEY) {
            errors.tooLong(path, MAX_KEY);
            return;
        }
        if (proof.length > MAX_KEY) {
            errors.tooLong(SPEC.field("proofOfPossession"), MAX_KEY);
            return;
        }
        String shown = FieldErrors.json(spec.stringOrEmpty("pkixPublicKey"));
        SubjectPublicKeyInfo info = CertificateRequest.publicKey(key);
        if (info == null) {
            errors.invalidShown(path, shown, "must be a valid PKIX-serialized public key");
            return;
        }
        byte[] podUid = spec.stringOrEmpty("podUID").getBytes(StandardCharsets.UTF_8);
        boolean fits = strong(info, "P256 or P384", shown, path, errors);
        if (fits && !CertificateRequest.proves(info, podUid, proof)) {
            errors.invalidOmitted(SPEC.field("proofOfPossession"), "could not verify proof-of-possession signature");
        }
    }

    /** True where a key is of a kind and a size that is taken; told where not. */
    private static boolean strong(
            SubjectPublicKeyInfo info, String curves, @Nullable String shown, ValuePath path, FieldErrors errors) {
        AsymmetricKeyParameter key = CertificateRequest.key(info);
        if (key instanceof Ed25519PublicKeyParameters) {
            return true;
        }
        if (key instanceof ECPublicKeyParameters ec) {
            int bits = ec.getParameters().getN().bitLength();
            if (bits == 256 || bits == 384 || bits == 521) {
                return true;
            }
            errors.invalid(path, "curve P-" + bits, "elliptic public keys must use curve " + curves);
            return false;
        }
        if (key instanceof RSAKeyParameters rsa) {
            int bits = (rsa.getModulus().bitLength() + 7) / 8 * 8;
            if (bits == 3072 || bits == 4096) {
                return true;
            }
            errors.invalid(path, bits + "-bit modulus", "RSA keys must have modulus size 3072 or 4096");
            return false;
        }
        String detail = "unknown public key type; supported types are Ed25519, ECDSA, and RSA";
        if (shown == null) {
            errors.invalidOmitted(path, detail);
        } else {
            errors.invalidShown(path, shown, detail);
        }
        return false;
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            FieldChecks.immutable(
                    updated.get("spec"), current.get("spec"), "certificates.PodCertificateRequestSpec", SPEC, errors);
        } else if (errors.isEmpty()) {
            PodCertificateStatus.check(updated, current, context.now(), errors);
        }
    }
}
