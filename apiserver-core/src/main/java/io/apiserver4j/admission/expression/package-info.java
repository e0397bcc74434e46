// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What expressions of webhooks and policies may name, and their evaluation for one request.
 *
 * <p>{@link io.apiserver4j.admission.expression.AdmissionVariables} declares the variables, {@link
 * io.apiserver4j.admission.expression.AdmissionExpression} is a compiled one, {@link
 * io.apiserver4j.admission.expression.RequestVariables} are the values for a request, and {@link
 * io.apiserver4j.admission.expression.MatchConditions} is what both kinds of configurations begin with. This package knows
 * neither webhooks nor policies. What is compiled is immutable and safe for use by several threads; values belong to one
 * request's thread.
 */
@NullMarked
package io.apiserver4j.admission.expression;

import org.jspecify.annotations.NullMarked;
