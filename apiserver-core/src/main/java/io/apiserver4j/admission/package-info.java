// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The last word on a write: plugins that change or refuse an object, in one ordered list.
 *
 * <p>The main types are {@link io.apiserver4j.admission.AdmissionChain} and the two plugin interfaces. This package knows
 * no verb's work. Plugins are called on the request's thread; one instance serves all requests.
 */
@NullMarked
package io.apiserver4j.admission;

import org.jspecify.annotations.NullMarked;
