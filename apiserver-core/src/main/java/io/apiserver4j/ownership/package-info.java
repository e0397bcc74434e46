// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Who owns which field: the bookkeeping of {@code metadata.managedFields}, and server-side apply.
 *
 * <p>The main type is {@link io.apiserver4j.ownership.FieldManager}; its two methods are called by the writing verbs
 * between reading the current object and admission. Below it lie {@link io.apiserver4j.ownership.FieldSet}, the
 * algebra of field paths, and walks over value and schema together. This package knows no particular kind, no store
 * and no verb. All is immutable or lives within one call.
 */
@NullMarked
package io.apiserver4j.ownership;

import org.jspecify.annotations.NullMarked;
