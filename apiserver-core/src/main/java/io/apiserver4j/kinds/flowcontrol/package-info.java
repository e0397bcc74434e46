// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of flow control kinds: start with {@link io.apiserver4j.kinds.flowcontrol.FlowSchemaRules}. Knows objects as trees and
 * the rules shared in {@code kinds}; knows nothing of stores, requests and the flow control that is done by these objects.
 * Stateless, so any thread may use it.
 */
@org.jspecify.annotations.NullMarked
package io.apiserver4j.kinds.flowcontrol;
