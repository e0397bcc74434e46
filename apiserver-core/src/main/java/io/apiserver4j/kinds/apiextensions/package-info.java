// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of CustomResourceDefinitions: {@link io.apiserver4j.kinds.apiextensions.CustomResourceDefinitionRules}. Knows objects
 * as trees and the rules shared in {@code kinds}; knows nothing of the resources that are served by these objects. Stateless, so
 * any thread may use it.
 */
@org.jspecify.annotations.NullMarked
package io.apiserver4j.kinds.apiextensions;
