// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.authn.token.ServiceAccountKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests for certificates, as JSON. */
final class CertificateRequests {
    private CertificateRequests() {}

    /** A CertificateSigningRequest of a new key; its name is generated. */
    static String body(String signer, String subject) {
        try {
            KeyPair pair = ServiceAccountKeys.newPair();
            byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            String pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                    + "\n-----END CERTIFICATE REQUEST-----\n";
            return "{'metadata':{'generateName':'r-'},'spec':{'signerName':'" + signer
                    + "','usages':['client auth'],'request':'"
                    + Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)) + "'}}";
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
