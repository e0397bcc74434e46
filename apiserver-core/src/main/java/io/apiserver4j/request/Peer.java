// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who is at the other end of the connection.
 *
 * @param address the IP address, without port; empty for calls within the process
 * @param certificates the client's certificate chain, its own first; not verified yet; empty where it showed none
 */
public record Peer(String address, List<X509Certificate> certificates) {
    /** A caller within the process. */
    public static final Peer IN_PROCESS = new Peer("", List.of());
}
