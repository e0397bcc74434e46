// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The plugins ValidatingAdmissionPolicy and MutatingAdmissionPolicy: users' rules as expressions.
 *
 * <p>The main type is {@link io.apiserver4j.admission.policy.PolicyPlugins}, which makes both. A hook is a policy with its
 * bindings; for each that wants a request the parameters are collected and the policy is evaluated with each of them. What
 * the requests want is said by {@code admission.match}, what expressions see by {@code admission.expression}. Policies are
 * compiled when a request first matches them, once a version; plugins run on the requests' threads.
 */
@NullMarked
package io.apiserver4j.admission.policy;

import org.jspecify.annotations.NullMarked;
