// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Identity;

/** What an authenticator says of a caller. */
public sealed interface AuthResult {
    /** The caller is known. */
    record Known(Identity identity) implements AuthResult {}

    /** The caller showed nothing that this authenticator looks at. */
    record NoOpinion() implements AuthResult {}

    /** The caller showed credentials that are refused; the reason is logged, never shown. */
    record Refused(String reason) implements AuthResult {}

    /** The one answer of no opinion. */
    NoOpinion NO_OPINION = new NoOpinion();
}
