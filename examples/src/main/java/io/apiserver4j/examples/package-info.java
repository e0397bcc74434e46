// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Small complete programs on apiserver4j, one per file, each with a test of a good and of a bad path that runs in the
 * build. They use what embedders can use and nothing else.
 */
@NullMarked
package io.apiserver4j.examples;

import org.jspecify.annotations.NullMarked;
