// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What arrives and what leaves, without any transport: the request as bytes, the call that walks the corridor and gains
 * facts, the target it names, who asks, and the answer.
 *
 * <p>The main types are {@link io.apiserver4j.request.ApiRequest}, {@link io.apiserver4j.request.Call} and
 * {@link io.apiserver4j.request.ApiResponse}. This package knows no kinds, no storage and no sockets. All types are
 * immutable, except {@link io.apiserver4j.request.CallNotes} and {@link io.apiserver4j.request.Cancellation}, which are
 * safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.request;

import org.jspecify.annotations.NullMarked;
