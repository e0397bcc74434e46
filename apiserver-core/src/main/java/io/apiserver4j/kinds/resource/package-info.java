// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of dynamic resource allocation: start with {@link io.apiserver4j.kinds.resource.ResourceClaimRules}. Knows objects
 * as trees and the rules shared in {@code kinds}; knows nothing of stores and of the allocation itself. Stateless, so any thread
 * may use it.
 */
@org.jspecify.annotations.NullMarked
package io.apiserver4j.kinds.resource;
