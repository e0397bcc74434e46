// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Wiring and nothing else: the list of stages, the end points behind them, and the life of a server.
 *
 * <p>The main type is {@link io.apiserver4j.server.ApiServer}. A server is safe for use by several threads; a call runs on
 * its caller's thread.
 */
@NullMarked
package io.apiserver4j.server;

import org.jspecify.annotations.NullMarked;
