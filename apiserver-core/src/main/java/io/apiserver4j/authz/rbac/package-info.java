// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Roles and bindings as the source of permissions: their rules, kept current from the stores, the check that nobody grants
 * more than they hold, and the default objects.
 *
 * <p>The main type is {@link io.apiserver4j.authz.rbac.RbacAuthorizer}. Not for embedders, who choose it by the server's
 * settings: it reads the stores of the server that it guards. Safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.authz.rbac;

import org.jspecify.annotations.NullMarked;
