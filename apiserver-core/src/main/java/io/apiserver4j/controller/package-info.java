// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Loops that live inside the API server and write through its own door.
 *
 * <p>The main types are {@link io.apiserver4j.controller.ControllerManager} and {@link io.apiserver4j.controller.LocalClient}.
 * Nothing here is known to the packages that answer requests. Controllers run on one thread of their own, one piece of work
 * after the other.
 */
@NullMarked
package io.apiserver4j.controller;

import org.jspecify.annotations.NullMarked;
