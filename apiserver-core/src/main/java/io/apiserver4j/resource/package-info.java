// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What is served: definitions of kinds with their versions, subresources and strategy, and the catalog that finds them.
 * Built-in and custom kinds are the same here.
 *
 * <p>The main types are {@link io.apiserver4j.resource.ResourceDefinition}, {@link io.apiserver4j.resource.Strategy} and
 * {@link io.apiserver4j.resource.Catalog}. This package knows no storage, no verbs and no particular kind. Definitions and
 * catalogs are immutable; {@link io.apiserver4j.resource.LiveCatalog} is safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.resource;

import org.jspecify.annotations.NullMarked;
