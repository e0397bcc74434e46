// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

/** A request for a certificate is approved, signed, and good for calls. */
class CertificateSigningTest {
    private static final String PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    private static ObjectValue send(ApiServerUnderTest server, String method, String path, String body) {
        ApiResponse answer = server.server()
                .handle(ApiRequest.of(
                        method,
                        path,
                        Headers.of("Content-Type", "application/json"),
                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return JsonReader.readObject(((ApiResponse.Complete) answer).body());
    }

    private static String request(KeyPair pair) throws Exception {
        byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=jane,O=team"), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                .getEncoded();
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE REQUEST-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsApprovedIsSigned() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        try (ApiServerUnderTest server = ApiServerUnderTest.start()) {
            ObjectValue made = send(
                    server,
                    "POST",
                    PATH,
                    "{'metadata':{'name':'jane'},'spec':{'signerName':'kubernetes.io/kube-apiserver-client',"
                            + "'usages':['client auth'],'expirationSeconds':3600,'request':'" + request(pair) + "'}}");
            ObjectValue approval = JsonReader.readObject(
                    "{\"conditions\":[{\"type\":\"Approved\",\"status\":\"True\"}]}".getBytes(StandardCharsets.UTF_8));
            send(
                    server,
                    "PUT",
                    PATH + "/jane/approval",
                    made.with("status", approval).toString());
            String signed = "";
            for (int i = 0; i < 2000 && signed.isEmpty(); i++) {
                Thread.sleep(1);
                signed = send(server, "GET", PATH + "/jane", "")
                        .objectOrEmpty("status")
                        .stringOrEmpty("certificate");
            }
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(signed)));
            assertThat(certificate.getSubjectX500Principal()).isEqualTo(new X500Principal("CN=jane,O=team"));
            assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
            assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        }
    }
}
