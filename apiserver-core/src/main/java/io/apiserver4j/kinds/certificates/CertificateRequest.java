// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentVerifierProviderBuilder;
import org.bouncycastle.operator.bc.BcECContentVerifierProviderBuilder;
import org.bouncycastle.operator.bc.BcEdDSAContentVerifierProviderBuilder;
import org.bouncycastle.operator.bc.BcRSAContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** A request for a certificate in DER (PKCS#10). */
final class CertificateRequest {
    private final PKCS10CertificationRequest request;

    private CertificateRequest(PKCS10CertificationRequest request) {
        this.request = request;
    }

    /** Why a request in PEM cannot be taken, in Go's words; null where it can. */
    static @Nullable String problem(byte[] pem) {
        List<PemBlock> blocks = PemBlock.all(pem);
        if (blocks.isEmpty() || !blocks.get(0).type().equals("CERTIFICATE REQUEST")) {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
        byte[] der = blocks.get(0).bytes();
        CertificateRequest request = parse(der);
        if (request == null) {
            return malformed(der);
        }
        return request.isSigned() ? null : request.signatureProblem();
    }

    /** What Go's encoding/asn1 says of bytes that are no request, as far as their first bytes tell it. */
    private static String malformed(byte[] der) {
        if (der.length < 2) {
            return der.length == 0
                    ? "asn1: syntax error: sequence truncated"
                    : "asn1: syntax error: truncated tag or length";
        }
        int tag = der[0] & 0x1f;
        boolean compound = (der[0] & 0x20) != 0;
        int kind = (der[0] & 0xff) >> 6;
        int length = der[1] & 0xff;
        if (length < 0x80 && length > der.length - 2) {
            return "asn1: syntax error: data truncated";
        }
        if (tag == 16 && compound && kind == 0) {
            return "asn1: structure error: tags don't match";
        }
        return "asn1: structure error: tags don't match (16 vs {class:" + kind + " tag:" + tag + " length:" + length
                + " isCompound:" + compound + "}) {optional:false explicit:false application:false private:false"
                + " defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false} certificateRequest @2";
    }

    /** A request, or null where the bytes are none. */
    static @Nullable CertificateRequest parse(byte[] der) {
        try {
            return new CertificateRequest(new PKCS10CertificationRequest(der));
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** True where the request is signed by the key it is for. */
    boolean isSigned() {
        AsymmetricKeyParameter key = key(request.getSubjectPublicKeyInfo());
        BcContentVerifierProviderBuilder verifier = verifier(key);
        try {
            return verifier != null && request.isSignatureValid(verifier.build(key));
        } catch (PKCSException | OperatorCreationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The lightweight verifier of a kind of key: those of the JDK differ from release to release. */
    private static @Nullable BcContentVerifierProviderBuilder verifier(@Nullable AsymmetricKeyParameter key) {
        if (key instanceof RSAKeyParameters) {
            return new BcRSAContentVerifierProviderBuilder(new DefaultDigestAlgorithmIdentifierFinder());
        }
        if (key instanceof ECPublicKeyParameters) {
            return new BcECContentVerifierProviderBuilder(new DefaultDigestAlgorithmIdentifierFinder());
        }
        return key instanceof Ed25519PublicKeyParameters ? new BcEdDSAContentVerifierProviderBuilder() : null;
    }

    private String signatureProblem() {
        AsymmetricKeyParameter key = key(request.getSubjectPublicKeyInfo());
        if (key instanceof RSAKeyParameters) {
            return "crypto/rsa: verification error";
        }
        if (key instanceof ECPublicKeyParameters) {
            return "x509: ECDSA verification failure";
        }
        return key instanceof Ed25519PublicKeyParameters
                ? "x509: Ed25519 verification failure"
                : "x509: cannot verify signature: algorithm unimplemented";
    }

    /** The key that the request is for. */
    SubjectPublicKeyInfo publicKey() {
        return request.getSubjectPublicKeyInfo();
    }

    /** A key as it is calculated with, or null where it is of no known kind. */
    static @Nullable AsymmetricKeyParameter key(SubjectPublicKeyInfo info) {
        try {
            return PublicKeyFactory.createKey(info);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** A key in PKIX form, or null where the bytes are none. */
    static @Nullable SubjectPublicKeyInfo publicKey(byte[] der) {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(der);
            return key(info) == null ? null : info;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** True where a proof is a text's signature by a key. */
    static boolean proves(SubjectPublicKeyInfo info, byte[] text, byte[] proof) {
        try {
            AsymmetricKeyParameter key = key(info);
            String algorithm = key instanceof Ed25519PublicKeyParameters
                    ? "Ed25519"
                    : key instanceof ECPublicKeyParameters ? "SHA256withECDSA" : "RSASSA-PSS";
            return Signatures.verify(algorithm, info.getEncoded(), text, proof);
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }
}
