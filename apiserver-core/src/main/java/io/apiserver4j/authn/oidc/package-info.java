// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens of OpenID Connect providers: identity tokens that others sign.
 *
 * <p>The main type is {@link io.apiserver4j.authn.oidc.OidcTokens}. This package knows no request but its token. A provider's
 * keys are fetched when its first token is seen, and again when a token names a key that is not known. Safe for use by
 * several threads.
 */
@NullMarked
package io.apiserver4j.authn.oidc;

import org.jspecify.annotations.NullMarked;
