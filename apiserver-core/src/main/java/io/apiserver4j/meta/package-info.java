// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The vocabulary of the Kubernetes API conventions: names of groups, kinds and resources, object metadata, Status and the
 * one exception that carries it, field errors, selectors, the scalar forms (quantities, times, addresses), and the rules of
 * names and metadata with their exact texts.
 *
 * <p>The main types are {@link io.apiserver4j.meta.ApiException} and {@link io.apiserver4j.meta.ObjectMeta}. This package
 * knows no particular kind, no schema and no transport. All types are immutable, except
 * {@link io.apiserver4j.meta.FieldErrors}, which belongs to one thread.
 */
@NullMarked
package io.apiserver4j.meta;

import org.jspecify.annotations.NullMarked;
