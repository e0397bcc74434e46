// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Whom a certificate is asked for. */
record RequestSubject(String commonName, List<String> organizations) {
    private static final String BEGIN = "-----BEGIN CERTIFICATE REQUEST-----";
    private static final String END = "-----END CERTIFICATE REQUEST-----";

    /**
     * The subject of a CertificateSigningRequest.
     *
     * @throws IOException where its request can't be read
     */
    static RequestSubject of(ObjectValue request) throws IOException {
        try {
            byte[] text =
                    Base64.getDecoder().decode(request.objectOrEmpty("spec").stringOrEmpty("request"));
            String pem = new String(text, StandardCharsets.ISO_8859_1);
            int start = pem.indexOf(BEGIN);
            int end = pem.indexOf(END);
            if (start < 0 || end < start) {
                throw new IOException("PEM block type must be CERTIFICATE REQUEST");
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(start + BEGIN.length(), end));
            X500Name subject = new PKCS10CertificationRequest(der).getSubject();
            List<String> names = values(subject, BCStyle.CN);
            return new RequestSubject(names.isEmpty() ? "" : names.get(names.size() - 1), values(subject, BCStyle.O));
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<String> values(X500Name subject, ASN1ObjectIdentifier type) {
        List<String> out = new ArrayList<>();
        for (RDN part : subject.getRDNs(type)) {
            for (AttributeTypeAndValue one : part.getTypesAndValues()) {
                if (one.getType().equals(type)) {
                    out.add(IETFUtils.valueToString(one.getValue()));
                }
            }
        }
        return out;
    }
}
