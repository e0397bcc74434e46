// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of APIServices: {@link io.apiserver4j.kinds.apiregistration.ApiServiceRules}. Knows objects as trees and the rules
 * shared in {@code kinds}; knows nothing of stores and of the aggregation that is done by these objects. Stateless, so any
 * thread may use it.
 */
@org.jspecify.annotations.NullMarked
package io.apiserver4j.kinds.apiregistration;
