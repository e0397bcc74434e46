// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens that the server itself gives out or keeps: those of service accounts and bootstrap tokens, behind a wall of their
 * own since they read stores.
 *
 * <p>The main types are {@link io.apiserver4j.authn.token.ServiceAccountTokens} and {@link
 * io.apiserver4j.authn.token.TokenIssuer}. This package knows no request but its token. Safe for use by several threads;
 * keys are read or made when the first token is seen.
 */
@NullMarked
package io.apiserver4j.authn.token;

import org.jspecify.annotations.NullMarked;
