// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Counting, for everyone: counters, gauges and histograms, and their text for Prometheus.
 *
 * <p>The main type is {@link io.apiserver4j.measure.Measures}, where each of them is made. Nothing here knows what is
 * counted. The text is written here and not by a library because names are facts of the protocol: dashboards ask for
 * {@code authentication_attempts}, and the known library would call a counter {@code authentication_attempts_total}.
 * Safe for use by several threads; counting takes no lock.
 */
@NullMarked
package io.apiserver4j.measure;

import org.jspecify.annotations.NullMarked;
