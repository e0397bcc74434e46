// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Versions and cipher suites of TLS, by the names that kube-apiserver takes. */
record TlsChoices(boolean tls13Only, List<String> ciphers) {
    /** Those of TLS 1.3 can't be chosen in kube-apiserver: they are always on. */
    private static final List<String> OF_TLS13 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final Set<String> OF_TLS12 = Set.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
            "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
            "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_RC4_128_SHA");

    static TlsChoices of(String version, List<String> suites, List<String> problems) {
        switch (version) {
            case "", "VersionTLS12", "VersionTLS13" -> {
                // served
            }
            case "VersionTLS10", "VersionTLS11" ->
                problems.add("--tls-min-version=" + version
                        + " is not served by apiserver4j: the oldest version is VersionTLS12");
            default -> problems.add("unknown tls version " + GoText.quote(version));
        }
        List<String> ciphers = new ArrayList<>();
        for (String suite : suites) {
            if (OF_TLS12.contains(suite)) {
                ciphers.add(suite.endsWith("_POLY1305") ? suite + "_SHA256" : suite);
            } else if (!OF_TLS13.contains(suite)) {
                problems.add("Cipher suite " + suite + " not supported or doesn't exist");
            }
        }
        if (!suites.isEmpty()) {
            ciphers.addAll(0, OF_TLS13);
        }
        return new TlsChoices(version.equals("VersionTLS13"), ciphers);
    }
}
