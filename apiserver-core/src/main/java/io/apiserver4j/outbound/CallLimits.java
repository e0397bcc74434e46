// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.request.Cancellation;
import java.time.Duration;

/**
 * How much a call may take.
 *
 * @param patience how long the answer may take
 * @param announced true where the other side is told the patience, in the query parameter {@code timeout}
 * @param cancellation ends the call early
 * @param maxAnswer how many bytes an answer may have
 */
public record CallLimits(Duration patience, boolean announced, Cancellation cancellation, int maxAnswer) {}
