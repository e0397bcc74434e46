// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Ways to know a caller: client certificates, tokens, and nobody in particular.
 *
 * <p>The main type is {@link io.apiserver4j.authn.Authenticator}. This package knows no resource and no permission. All
 * types are immutable and safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.authn;

import org.jspecify.annotations.NullMarked;
