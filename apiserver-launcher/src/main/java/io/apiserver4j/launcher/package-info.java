// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The program: kube-apiserver's own flags and signals, in memory by default. It wires core and the HTTP adapter and holds
 * no behaviour of the API. Flags are read and files written on the main thread, before the server is ready.
 */
@NullMarked
package io.apiserver4j.launcher;

import org.jspecify.annotations.NullMarked;
