// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of migrations between stored versions ({@code StorageVersionMigrationRules}). Nothing here moves an object; everything is
 * stateless and serves all threads.
 */
@NullMarked
package io.apiserver4j.kinds.migration;

import org.jspecify.annotations.NullMarked;
