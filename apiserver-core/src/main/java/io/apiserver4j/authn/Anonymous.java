// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Identity;

/** The last member of a chain: callers who showed nothing are nobody in particular. */
public final class Anonymous implements Authenticator {
    /**
     * Takes those as anonymous that showed nothing to another authenticator. Who showed something that is refused stays
     * refused, which a chain with this as a member would not do.
     */
    public static Authenticator behind(Authenticator other) {
        return call -> {
            AuthResult result = other.authenticate(call);
            return result instanceof AuthResult.NoOpinion ? new AuthResult.Known(Identity.ANONYMOUS) : result;
        };
    }

    @Override
    public AuthResult authenticate(Call call) {
        return new AuthResult.Known(Identity.ANONYMOUS);
    }
}
