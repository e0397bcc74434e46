// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the core group's kinds: what is checked, prepared and allocated when they are written.
 *
 * <p>Every kind's main type is a {@link io.apiserver4j.kinds.KindRules}, such as
 * {@link io.apiserver4j.kinds.core.ServiceRules}; shared parts stand beside it. Nothing here knows verbs or transports.
 * Rules are stateless and safe for use by several threads, except where their javadoc says otherwise.
 */
@NullMarked
package io.apiserver4j.kinds.core;

import org.jspecify.annotations.NullMarked;
