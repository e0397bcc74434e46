// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Facts about the shapes of kinds, and the engines that use them: reading untyped trees as a kind (unknown fields,
 * types, order) and defaulting.
 *
 * <p>The main type is {@link io.apiserver4j.schema.Schema}; built-in kinds come from resource files by {@link
 * io.apiserver4j.schema.SchemaFacts}. This package knows no particular kind, no bytes and no verb. Everything is
 * immutable after it was linked; facts are read when a kind is first touched, from any thread, and without anything
 * that is slow in a young JVM (no JSON, no lambdas, no hashes of records on that path).
 */
@NullMarked
package io.apiserver4j.schema;

import org.jspecify.annotations.NullMarked;
