// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Objects for people: {@code meta.k8s.io/v1} tables, as {@code kubectl get} asks for, and objects cut down to their
 * metadata.
 *
 * <p>The main types are {@link io.apiserver4j.table.TablePresenter} and {@link io.apiserver4j.table.ColumnSet}.
 * Columns are facts ({@code facts/columns.json}, or the columns of a custom resource definition); computed cells are
 * small functions found by name. This package knows no store and no transport. All public types are immutable; a table
 * is made on the caller's thread.
 */
@NullMarked
package io.apiserver4j.table;

import org.jspecify.annotations.NullMarked;
