// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import java.util.List;

/** Whose token is this (TokenReview). */
final class TokenReviews implements ResourceHandler {
    private final Authenticator authenticator;
    private final String audience;

    TokenReviews(Authenticator authenticator, String audience) {
        this.authenticator = authenticator;
        this.audience = audience;
    }

    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        ObjectValue review =
                support.owned(call, support.body(call, call.version().kind()));
        ObjectValue spec = review.objectOrEmpty("spec");
        String token = spec.stringOrEmpty("token");
        if (token.isEmpty()) {
            throw Status.badRequest("token is required for TokenReview in authentication")
                    .asException();
        }
        return support.answer(call, review.with("status", status(call.call(), token, spec)), 201);
    }

    private ObjectValue status(Call asking, String token, ObjectValue spec) {
        ApiRequest shown = ApiRequest.of("GET", "/", Headers.of("Authorization", "Bearer " + token), new byte[0]);
        Call call = new Call(
                shown, asking.auditId(), asking.arrival(), null, null, null, asking.notes(), asking.cancellation());
        AuthResult result = authenticator.authenticate(call);
        if (result instanceof AuthResult.Known known && !known.identity().user().equals(Identity.ANONYMOUS.user())) {
            List<String> asked = spec.arrayOrEmpty("audiences").strings();
            if (!asked.isEmpty() && !asked.contains(audience)) {
                return ObjectValue.of("user", ObjectValue.EMPTY, "error", Value.of("token audiences do not match"));
            }
            return ObjectValue.builder()
                    .put("authenticated", true)
                    .put("user", Users.info(known.identity()))
                    .put("audiences", ArrayValue.of(Value.of(audience)))
                    .build();
        }
        return ObjectValue.of("user", ObjectValue.EMPTY, "error", Value.of("invalid bearer token"));
    }
}
