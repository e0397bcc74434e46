// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Identity;
import java.util.List;

/**
 * Asks one authenticator after the other: the first that knows the caller wins. Where none does, but one refused what the
 * caller showed, the caller is refused.
 */
public final class AuthenticatorChain implements Authenticator {
    private final List<Authenticator> members;

    /** A chain in the order in which its members are asked. */
    public AuthenticatorChain(List<Authenticator> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public AuthResult authenticate(Call call) {
        AuthResult last = AuthResult.NO_OPINION;
        for (Authenticator member : members) {
            AuthResult result = member.authenticate(call);
            if (result instanceof AuthResult.Known known) {
                boolean nobody = known.identity().in(Identity.UNAUTHENTICATED);
                return nobody && last instanceof AuthResult.Refused ? last : result;
            }
            if (result instanceof AuthResult.Refused) {
                last = result;
            }
        }
        return last;
    }
}
