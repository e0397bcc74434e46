// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The server as a JUnit 5 extension: a server per class or per JVM, a fresh namespace per test, and ready client
 * configurations as parameters. It depends on no Kubernetes client and uses only what every JUnit 5 has, since the
 * embedder's JUnit is the one that runs. Tests may run in parallel on one server.
 */
@NullMarked
package io.apiserver4j.junit;

import org.jspecify.annotations.NullMarked;
