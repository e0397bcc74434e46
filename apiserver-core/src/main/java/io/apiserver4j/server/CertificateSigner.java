// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import java.time.Duration;
import java.util.List;

/** Signs certificates that were asked for and approved. One instance serves all requests; may block. */
@FunctionalInterface
public interface CertificateSigner {
    /**
     * The certificate as PEM text, with those of its authorities behind it where clients need them.
     *
     * @param request the request (PKCS 10), as PEM text
     * @param usages what it is for: {@code client auth}, {@code server auth} …
     * @param life how long it is to last at most
     * @throws IllegalArgumentException where the request can't be signed, with why
     */
    String sign(String request, List<String> usages, Duration life);
}
