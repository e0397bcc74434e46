// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The server about itself: health, version, the list of its paths, and what it counts.
 *
 * <p>The main type is {@link io.apiserver4j.diagnostics.HealthChecks}, where other parts say how they are. This
 * package knows none of them. Safe for use by several threads; checks run on the caller's thread.
 */
@NullMarked
package io.apiserver4j.diagnostics;

import org.jspecify.annotations.NullMarked;
