// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.oidc;

import java.io.IOException;

/** Fetches documents of a provider. One instance serves all calls; may block. */
@FunctionalInterface
public interface Documents {
    /**
     * The bytes at a URL.
     *
     * @throws IOException where there is no good answer
     */
    byte[] get(String url) throws IOException;
}
