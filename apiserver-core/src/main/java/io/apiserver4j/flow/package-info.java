// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Priority and fairness: which calls are worked on now, which wait, and which are sent away.
 *
 * <p>The main type is {@link io.apiserver4j.flow.FlowControl}: it finds the flow schema of a call, takes seats of the
 * schema's priority level, and lets the calling thread wait where they are taken. This package knows no verb's work and no
 * transport. All types are safe for use by several threads; each priority level has a lock of its own, held for the time of
 * some arithmetic.
 */
@NullMarked
package io.apiserver4j.flow;

import org.jspecify.annotations.NullMarked;
