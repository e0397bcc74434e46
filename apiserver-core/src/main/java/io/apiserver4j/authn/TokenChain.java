// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.CallNotes;
import java.util.ArrayList;
import java.util.List;

/** Asks one authenticator of tokens after the other: the first that knows the token wins, refusals are collected. */
public final class TokenChain implements TokenAuthenticator {
    /** A token that is longer is nobody's: the longest that are seen have some thousand characters. */
    static final int LONGEST = 1 << 18;

    private final List<TokenAuthenticator> members;

    /** A chain in the order in which its members are asked. */
    public TokenChain(List<TokenAuthenticator> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public AuthResult authenticate(String token, List<String> audiences, CallNotes notes) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return AuthResult.NO_OPINION;
        }
        List<String> reasons = new ArrayList<>(0);
        for (TokenAuthenticator member : members) {
            AuthResult result = member.authenticate(token, audiences, notes);
            if (result instanceof AuthResult.Known) {
                return result;
            }
            if (result instanceof AuthResult.Refused refused) {
                reasons.addAll(refused.reasons());
            }
        }
        return reasons.isEmpty() ? AuthResult.NO_OPINION : new AuthResult.Refused(reasons);
    }
}
