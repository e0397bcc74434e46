// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.CallNotes;
import java.util.List;

/** One way to know a caller by a bearer token. One instance serves all calls, on the calls' threads; may block. */
@FunctionalInterface
public interface TokenAuthenticator {
    /**
     * Says whose token this is, that it has no opinion of it, or that it is refused.
     *
     * @param audiences for whom the token must be, one of them at least; empty for this server
     * @param notes takes warnings and audit annotations
     */
    AuthResult authenticate(String token, List<String> audiences, CallNotes notes);
}
