// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.http.Credential;
import io.apiserver4j.http.KubeconfigWriter;
import io.apiserver4j.http.SelfSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The administrator's kubeconfig. Where the file says already what it has to, it stays as it is: its user may have chosen a
 * namespace or added contexts.
 */
final class AdminKubeconfig {
    private AdminKubeconfig() {}

    /** Sees to it that the file leads to a server at a URL. */
    static void keepOrWrite(Path file, String url, Certificates certificates) throws IOException {
        Credential admin = certificates.made().admin();
        String certificate = admin.certificatePem();
        String key = admin.keyPem();
        if (Files.isReadable(file)) {
            String text = Files.readString(file);
            boolean same = text.contains(url)
                    && text.contains(encoded(certificates.trust()))
                    && text.contains(encoded(certificate))
                    && text.contains(encoded(key));
            if (same) {
                return;
            }
        }
        KubeconfigWriter.write(
                file, KubeconfigWriter.withCertificate(url, certificates.trust(), SelfSigned.ADMIN, certificate, key));
    }

    private static String encoded(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
