// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The server's door on a socket: HTTP/1.1 and HTTP/2 over TLS (or in clear text) to an {@link
 * io.apiserver4j.request.ApiCaller}, and what a server needs to be reached: certificates of its own and a kubeconfig.
 *
 * <p>The main type is {@link io.apiserver4j.http.HttpServer}. This package knows no kinds and no storage, only requests
 * and answers; the HTTP library is named here and nowhere else. Requests are read and answers are written on shared event
 * loops, which never run a handler: handlers, feeds and cancellations run on the server's handler threads.
 */
@NullMarked
package io.apiserver4j.http;

import org.jspecify.annotations.NullMarked;
