// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;

/** One way to know a caller. One instance serves all calls, on the calls' threads; may block. */
@FunctionalInterface
public interface Authenticator {
    /** Says who the caller is, that it has no opinion, or that the caller showed something that is refused. */
    AuthResult authenticate(Call call);
}
