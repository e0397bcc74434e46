// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.BearerTokens;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Stage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who calls; 401 where nobody knows. */
final class AuthenticateStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticateStage.class);

    private final Authenticator authenticator;
    private final Consumer<Call> unknown;

    /**
     * A stage that asks this authenticator.
     *
     * @param unknown is told of calls whose caller nobody knows
     */
    AuthenticateStage(Authenticator authenticator, Consumer<Call> unknown) {
        this.authenticator = authenticator;
        this.unknown = unknown;
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        if (call.identity() != null) { // a caller within the process that said who it is
            return next.handle(call);
        }
        AuthResult result = authenticator.authenticate(call);
        if (result instanceof AuthResult.Known known) {
            Headers headers = call.request().headers();
            Headers open = BearerTokens.without(headers);
            Call going = open == headers ? call : call.withHeaders(open);
            return next.handle(going.withIdentity(known.identity()));
        }
        if (result instanceof AuthResult.Refused refused) {
            LOG.debug("call {} refused: {}", call.auditId(), refused.reason());
        }
        unknown.accept(call);
        throw Status.unauthorized().asException();
    }
}
