// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * May this identity do this: the question, the answer, and simple ways to answer.
 *
 * <p>The main type is {@link io.apiserver4j.authz.Authorizer}. This package knows no verb's work and no transport. All types
 * are immutable and safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.authz;

import org.jspecify.annotations.NullMarked;
