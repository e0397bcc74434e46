// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.authz.Authorizer;

/**
 * The authorizers that a server makes itself, since they follow its objects; each costs nothing until it is asked.
 *
 * @param roles by roles and bindings (mode RBAC)
 * @param nodes by what belongs to nodes (mode Node)
 */
public record BuiltinAuthorizers(Authorizer roles, Authorizer nodes) {}
