// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The pod security standards: what a namespace lets pods do.
 *
 * <p>The main type is {@link io.apiserver4j.admission.plugin.podsecurity.PodSecurity}, the plugin; {@code Standard} has
 * the checks of a level in a version. The checks look at a pod's metadata and spec only and know no store and no request.
 * All types are immutable; one plugin serves all requests, from any thread.
 */
@NullMarked
package io.apiserver4j.admission.plugin.podsecurity;

import org.jspecify.annotations.NullMarked;
