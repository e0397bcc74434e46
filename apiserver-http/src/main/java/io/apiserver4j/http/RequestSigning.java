// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Signs what others ask for: subject, key and names of a request (PKCS 10), and nothing else of it. */
final class RequestSigning {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration SLACK = Duration.ofMinutes(5);

    private RequestSigning() {}

    /** The certificate as PEM text; fails with IllegalArgumentException where the request is none or not signed by its key. */
    static String sign(Authority authority, Clock clock, String request, List<String> usages, Duration life) {
        try {
            PKCS10CertificationRequest asked = parse(request);
            if (!asked.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .build(KeyForms.ofPkix(asked.getSubjectPublicKeyInfo().getEncoded())))) {
                throw new IllegalArgumentException("the request is not signed by its own key");
            }
            X509Certificate signer = authority.certificate();
            String algorithm = authority.key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            Instant now = clock.instant();
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    new JcaX509CertificateHolder(signer).getSubject(),
                    new BigInteger(127, RANDOM),
                    Date.from(now.minus(SLACK)),
                    Date.from(now.plus(life)),
                    asked.getSubject(),
                    asked.getSubjectPublicKeyInfo());
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes(usages)));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            GeneralNames names = names(asked);
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return Pem.text(List.of(new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(authority.key())))));
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new IllegalArgumentException("the request can't be signed: " + e.getMessage(), e);
        }
    }

    private static PKCS10CertificationRequest parse(String text) throws IOException {
        String begin = "-----BEGIN CERTIFICATE REQUEST-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END CERTIFICATE REQUEST-----");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no request in the PEM text");
        }
        return new PKCS10CertificationRequest(
                Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end)));
    }

    private static KeyPurposeId[] purposes(List<String> usages) {
        List<KeyPurposeId> out = new ArrayList<>();
        if (usages.contains("client auth")) {
            out.add(KeyPurposeId.id_kp_clientAuth);
        }
        if (usages.contains("server auth")) {
            out.add(KeyPurposeId.id_kp_serverAuth);
        }
        if (out.isEmpty()) {
            throw new IllegalArgumentException("neither for clients nor for servers");
        }
        return out.toArray(new KeyPurposeId[0]);
    }

    private static @Nullable GeneralNames names(PKCS10CertificationRequest asked) {
        for (Attribute attribute : asked.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
            Extensions wanted = Extensions.getInstance(attribute.getAttrValues().getObjectAt(0));
            GeneralNames names = GeneralNames.fromExtensions(wanted, Extension.subjectAlternativeName);
            if (names != null) {
                return names;
            }
        }
        return null;
    }
}
