// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Behaviour of the built-in kinds: resource files that say what can be said as data, and small strategies for the rest.
 *
 * <p>The main type is {@link io.apiserver4j.kinds.BuiltinCatalog}. Sub-packages, one per API group, hold the rules of that
 * group's kinds. Nothing here is known to the packages that carry out verbs. Strategies are stateless and safe for use by
 * several threads, except where their javadoc says otherwise.
 */
@NullMarked
package io.apiserver4j.kinds;

import org.jspecify.annotations.NullMarked;
