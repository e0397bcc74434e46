// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One block of a PEM text, as Go's encoding/pem reads it: what is around blocks, and what looks like one and is none, is passed
 * over.
 */
record PemBlock(String type, boolean hasHeaders, byte[] bytes) {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:^|(?<=\n))-----BEGIN ([^\n]*?)-----[ \t\r]*\n((?:[^\n:]*:[^\n]*\n)*+)([A-Za-z0-9+/=\\s]*?)"
                    + "-----END \\1-----[ \t\r]*(?:\n|$)");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** All blocks of a text. */
    static List<PemBlock> all(byte[] text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            try {
                byte[] bytes = Base64.getDecoder()
                        .decode(BLANKS.matcher(matcher.group(3)).replaceAll(""));
                blocks.add(new PemBlock(matcher.group(1), !matcher.group(2).isEmpty(), bytes));
            } catch (IllegalArgumentException e) {
                continue; // not base64, hence no block
            }
        }
        return blocks;
    }

    /** All blocks of a text. */
    static List<PemBlock> all(String text) {
        return all(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isCertificate() {
        return type.equals("CERTIFICATE");
    }

    /** The block as a certificate, or null where it is none. */
    @Nullable
    X509Certificate certificate() {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return in.available() == 0 ? certificate : null;
        } catch (CertificateException e) {
            return null;
        }
    }
}
