// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Expressions of the Common Expression Language, as Kubernetes speaks it: parsed and checked by dev.cel, evaluated here.
 *
 * <p>The main types are {@link io.apiserver4j.cel.CelEnvironment}, which compiles, and {@link io.apiserver4j.cel.CelProgram},
 * which evaluates against immutable trees and counts what that costs. No type of dev.cel leaves this package, and none is
 * loaded before the first expression is compiled. The package knows no policies, webhooks or definitions; those bring
 * variables and types. Environments and programs are immutable and safe for many threads.
 */
@NullMarked
package io.apiserver4j.cel;

import org.jspecify.annotations.NullMarked;
