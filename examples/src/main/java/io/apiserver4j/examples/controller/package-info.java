// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * An informer-driven controller, as operators are written: it looks at what is there, compares it with what should be, and
 * changes what differs, until nothing does.
 *
 * <p>The main type is {@link io.apiserver4j.examples.controller.SiteController}. It knows fabric8's client and nothing of
 * apiserver4j. Reconciling is done by one thread.
 */
@NullMarked
package io.apiserver4j.examples.controller;

import org.jspecify.annotations.NullMarked;
