// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the kinds of the two groups of events.
 *
 * <p>Every kind's type is a {@link io.apiserver4j.kinds.KindRules}, such as
 * {@link io.apiserver4j.kinds.events.EventRules}.
 * Nothing here knows verbs, stores or transports. All types are stateless and safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.kinds.events;

import org.jspecify.annotations.NullMarked;
