// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Calls the server makes to others: webhooks and converters, by HTTPS or within the process.
 *
 * <p>The main type is {@link io.apiserver4j.outbound.Outbound}; embedders choose with {@link
 * io.apiserver4j.outbound.OutboundSettings}. This package knows neither admission nor stores. Calls block the thread that
 * makes them, up to their limit; everything but settings' builders is safe for use by several threads. Nothing is started
 * before the first call.
 */
@NullMarked
package io.apiserver4j.outbound;

import org.jspecify.annotations.NullMarked;
