// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.meta.IpAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks of a server's certificate that fail with the texts of Go's crypto/x509. */
final class CertificateTexts {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private CertificateTexts() {}

    /** Fails where a certificate is not valid at a time. */
    static void checkTime(X509Certificate certificate, Instant now) throws CertificateException {
        String outside = null;
        Instant shown = now.truncatedTo(ChronoUnit.SECONDS);
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            outside = "current time " + shown + " is before "
                    + certificate.getNotBefore().toInstant();
        } else if (now.isAfter(certificate.getNotAfter().toInstant())) {
            outside = "current time " + shown + " is after "
                    + certificate.getNotAfter().toInstant();
        }
        if (outside != null) {
            throw new CertificateException("x509: certificate has expired or is not yet valid: " + outside);
        }
    }

    /** Fails where a certificate is not for a name or address. */
    static void checkName(X509Certificate certificate, String name) throws CertificateException {
        List<String> names = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> one : alternatives) {
                if (one.get(1) instanceof String text) {
                    switch ((Integer) one.get(0)) {
                        case DNS -> names.add(text);
                        case ADDRESS -> addresses.add(text);
                        default -> {}
                    }
                }
            }
        }
        IpAddress wanted = address(name);
        if (wanted != null) {
            if (addresses.isEmpty()) {
                throw new CertificateException(
                        "x509: cannot validate certificate for " + name + " because it doesn't contain any IP SANs");
            }
            if (addresses.stream().anyMatch(one -> wanted.equals(address(one)))) {
                return;
            }
            throw mismatch(addresses, name);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (names.stream().anyMatch(one -> matches(one.toLowerCase(Locale.ROOT), lower))) {
            return;
        }
        if (alternatives == null
                && certificate.getSubjectX500Principal().getName().contains("CN=")) {
            throw new CertificateException("x509: certificate relies on legacy Common Name field, use SANs instead");
        }
        throw mismatch(names, name);
    }

    private static CertificateException mismatch(List<String> valid, String name) {
        return new CertificateException(
                valid.isEmpty()
                        ? "x509: certificate is not valid for any names, but wanted to match " + name
                        : "x509: certificate is valid for " + String.join(", ", valid) + ", not " + name);
    }

    private static @Nullable IpAddress address(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return bare.isEmpty() ? null : IpAddress.parse(bare);
    }

    /** A star stands for one whole first label. */
    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(pattern.substring(1));
    }
}
