// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** Writes kubeconfig files: how clients find a server, trust it and say who they are. Certificates are embedded. */
public final class KubeconfigWriter {
    private static final String CLUSTER = "apiserver4j";

    private KubeconfigWriter() {}

    /** A kubeconfig of a user with a client certificate; certificates and key are PEM text. */
    public static String withCertificate(
            String url, String authorityPem, String user, String certificatePem, String keyPem) {
        return text(
                url,
                authorityPem,
                user,
                "    client-certificate-data: " + base64(certificatePem) + "\n    client-key-data: " + base64(keyPem)
                        + "\n");
    }

    /** A kubeconfig of a user with a bearer token. */
    public static String withToken(String url, String authorityPem, String user, String token) {
        return text(url, authorityPem, user, "    token: " + quoted(token) + "\n");
    }

    /**
     * Writes a kubeconfig so that only its owner can read it.
     *
     * @throws IOException where the file can't be written
     */
    public static void write(Path file, String kubeconfig) throws IOException {
        PrivateFiles.write(file, kubeconfig, true);
    }

    private static String text(String url, String authorityPem, String user, String credential) {
        String trust = authorityPem.isEmpty() ? "" : "    certificate-authority-data: " + base64(authorityPem) + "\n";
        return "apiVersion: v1\n"
                + "clusters:\n"
                + "- cluster:\n"
                + trust
                + "    server: " + quoted(url) + "\n"
                + "  name: " + CLUSTER + "\n"
                + "contexts:\n"
                + "- context:\n"
                + "    cluster: " + CLUSTER + "\n"
                + "    user: " + quoted(user) + "\n"
                + "  name: " + quoted(user + "@" + CLUSTER) + "\n"
                + "current-context: " + quoted(user + "@" + CLUSTER) + "\n"
                + "kind: Config\n"
                + "preferences: {}\n"
                + "users:\n"
                + "- name: " + quoted(user) + "\n"
                + "  user:\n"
                + credential;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
