// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Which requests a configured webhook or policy wants: what the admissionregistration kinds share.
 *
 * <p>{@link io.apiserver4j.admission.match.LiveConfigurations} follows the configurations, {@link
 * io.apiserver4j.admission.match.MatchCriteria} is what one of them asks for, and {@link
 * io.apiserver4j.admission.match.RequestMatcher} says as what it sees a request. This package knows neither webhooks nor
 * expressions. Everything is safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.admission.match;

import org.jspecify.annotations.NullMarked;
