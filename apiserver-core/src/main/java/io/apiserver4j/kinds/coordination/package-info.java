// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the kinds of coordination.k8s.io.
 *
 * <p>Every kind's type is a {@link io.apiserver4j.kinds.KindRules}, such as
 * {@link io.apiserver4j.kinds.coordination.LeaseRules}.
 * Nothing here knows verbs, stores or transports. All types are stateless and safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.kinds.coordination;

import org.jspecify.annotations.NullMarked;
