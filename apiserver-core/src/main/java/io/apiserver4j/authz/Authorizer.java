// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

/** Says whether an identity may do something. One instance serves all calls, on the calls' threads; may block. */
@FunctionalInterface
public interface Authorizer {
    /** Allows, denies, or has no opinion. */
    Decision authorize(AccessAttributes attributes);
}
