// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of certificate kinds: start with
 * {@link io.apiserver4j.kinds.certificates.CertificateSigningRequestRules}. Knows objects as trees, the rules shared in
 * {@code kinds}, and how certificates and requests for them are read; knows nothing of stores. Stateless, so any thread may use
 * it.
 */
@org.jspecify.annotations.NullMarked
package io.apiserver4j.kinds.certificates;
