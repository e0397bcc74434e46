// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What the server says it serves: the documents at {@code /api} and {@code /apis}, one by one and aggregated.
 *
 * <p>The main type is {@link io.apiserver4j.discovery.DiscoveryEndpoint}. Everything follows from the catalog; this
 * package knows no particular kind and no storage. Documents are made when they are first asked for and kept as long
 * as the catalog stays the same. Safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.discovery;

import org.jspecify.annotations.NullMarked;
