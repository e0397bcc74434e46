// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How each verb is carried out on one definition: decode, default, own, admit, check, keep, show.
 *
 * <p>The main type is {@link io.apiserver4j.verb.ResourceEndpoint}. This package does not know which kinds are built in and
 * which are not, and no transport. Verbs run on the caller's thread and may block; one instance serves all calls.
 */
@NullMarked
package io.apiserver4j.verb;

import org.jspecify.annotations.NullMarked;
