// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Identity;

/** The last member of a chain: callers who showed nothing are nobody in particular. */
public final class Anonymous implements Authenticator {
    @Override
    public AuthResult authenticate(Call call) {
        return new AuthResult.Known(Identity.ANONYMOUS);
    }
}
