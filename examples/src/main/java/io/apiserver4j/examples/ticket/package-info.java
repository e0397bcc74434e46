// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A way of your own to know callers: signed tickets that say who somebody is.
 *
 * <p>The main type is {@link io.apiserver4j.examples.ticket.TicketAuthenticator}. It knows the packages {@code authn} and
 * {@code request} of core. Safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.examples.ticket;

import org.jspecify.annotations.NullMarked;
