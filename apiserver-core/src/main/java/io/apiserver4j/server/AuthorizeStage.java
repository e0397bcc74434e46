// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Stage;
import java.nio.charset.StandardCharsets;

/** Asks whether the caller may do this; 403 with the words of kube-apiserver where not, 500 where nobody could tell. */
final class AuthorizeStage implements Stage {
    private final Authorizer authorizer;

    AuthorizeStage(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        Identity identity = call.requireIdentity();
        AccessAttributes attributes = AccessAttributes.of(
                identity, call.requireTarget(), call.request().query());
        Decision decision = authorizer.authorize(attributes);
        if (!decision.isAllowed() && !decision.error().isEmpty()) {
            call.notes().annotate("authorization.k8s.io/reason", "internal error");
            return undecided(call, decision.error());
        }
        call.notes().annotate("authorization.k8s.io/decision", decision.isAllowed() ? "allow" : "forbid");
        call.notes().annotate("authorization.k8s.io/reason", decision.reason());
        if (decision.isAllowed()) {
            return next.handle(call);
        }
        throw attributes.forbidden(decision.reason()).asException();
    }

    private static ApiResponse undecided(Call call, String error) {
        String text = "Internal Server Error: " + GoText.quote(call.request().path()) + ": " + error + "\n";
        return ApiResponse.Complete.of(
                500,
                Headers.of("Content-Type", "text/plain; charset=utf-8").with("X-Content-Type-Options", "nosniff"),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
