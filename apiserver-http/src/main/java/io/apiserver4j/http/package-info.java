// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Sockets, TLS, HTTP/1.1 and HTTP/2 in front of the server's one door: bytes become a request, the answer becomes bytes.
 * It may know of core only what a request and a server are (ARCHITECTURE.md lists the packages), and Netty is named here
 * alone. Event loops carry bytes and never run a handler that can block; handlers run on an executor of their own.
 */
@NullMarked
package io.apiserver4j.http;

import org.jspecify.annotations.NullMarked;
