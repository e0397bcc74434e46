// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of webhook configurations and admission policies: start with
 * {@link io.apiserver4j.kinds.admissionregistration.WebhookConfigurationRules}. Knows objects as trees and the rules shared in
 * {@code kinds}; knows nothing of the admission that is done by these objects. Stateless, so any thread may use it.
 */
@org.jspecify.annotations.NullMarked
package io.apiserver4j.kinds.admissionregistration;
