// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Reviews: kinds that are answered and never stored. Who am I, whose token is this, may somebody do something.
 *
 * <p>The main type is {@link io.apiserver4j.kinds.reviews.ReviewHandlers}. Stateless; called on the request's thread.
 */
@NullMarked
package io.apiserver4j.kinds.reviews;

import org.jspecify.annotations.NullMarked;
