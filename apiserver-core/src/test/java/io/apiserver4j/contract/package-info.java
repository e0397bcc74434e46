// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Contracts as tests: each seam has one abstract class here, which the project's own implementations extend and which
 * is published in the tests jar for other people's.
 *
 * <p>May not know: any implementation.
 */
@NullMarked
package io.apiserver4j.contract;

import org.jspecify.annotations.NullMarked;
