// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.authn.ImpersonationHeaders;
import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Impersonation;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Stage;

/** Lets callers act as somebody else who ask for it and may; what is behind sees the other identity only. */
final class ImpersonateStage implements Stage {
    private final Impersonation impersonation;

    ImpersonateStage(Authorizer authorizer) {
        impersonation = new Impersonation(authorizer);
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        ApiRequest request = call.request();
        Identity wanted = ImpersonationHeaders.wanted(request.headers());
        if (wanted == null) {
            return next.handle(call);
        }
        Identity acting =
                impersonation.actAs(wanted, AccessAttributes.of(call.requireIdentity(), call.requireTarget()));
        call.notes().impersonated(acting);
        return next.handle(call.withHeaders(ImpersonationHeaders.without(request.headers()))
                .withIdentity(acting));
    }
}
