// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Immutable document trees: what JSON and YAML texts become, and what every later step works on.
 *
 * <p>The main type is {@link io.apiserver4j.value.Value}. This package knows nothing of Kubernetes: no kinds, no schemas, no
 * metadata. All types are immutable and safe to share between threads, except {@link io.apiserver4j.value.ObjectEditor},
 * which belongs to the one thread that made it.
 */
@NullMarked
package io.apiserver4j.value;

import org.jspecify.annotations.NullMarked;
