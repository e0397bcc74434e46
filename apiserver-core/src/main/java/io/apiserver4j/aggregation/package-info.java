// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Groups that other servers answer: registrations (APIServices) that name a service, whether that service is there and
 * answers, calls handed on to it with the caller's identity, and what it says of its resources and their shapes.
 *
 * <p>The main type is {@link io.apiserver4j.aggregation.Aggregator}. This package knows no loops: who follows registrations
 * and writes their conditions is in {@code controller}. All types are safe for use by several threads; what waits for another
 * server runs on threads of the aggregator, and watches that are handed on hold none.
 */
@NullMarked
package io.apiserver4j.aggregation;

import org.jspecify.annotations.NullMarked;
