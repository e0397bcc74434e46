// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Custom resources: a CustomResourceDefinition compiles to the same {@link io.apiserver4j.resource.ResourceDefinition} that
 * built-in kinds have, with its own reading, pruning, defaults and validation.
 *
 * <p>The main type is {@link io.apiserver4j.crd.CustomKinds}, which keeps the live catalog in step with the definitions.
 * Expressions ({@code x-kubernetes-validations}) are accepted and not evaluated; conversion webhooks are not called. This
 * package knows no verbs and does not read or write objects itself. Everything compiled is immutable and safe for use by
 * several threads.
 */
@NullMarked
package io.apiserver4j.crd;

import org.jspecify.annotations.NullMarked;
