// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.Callers;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;

/** Whose token is this (TokenReview). */
final class TokenReviews implements ResourceHandler {
    private final Callers callers;

    TokenReviews(Callers callers) {
        this.callers = callers;
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
        AuthResult result =
                callers.review(asking, token, spec.arrayOrEmpty("audiences").strings());
        if (result instanceof AuthResult.Known known) {
            ObjectEditor out = ObjectValue.builder()
                    .put("authenticated", true)
                    .put("user", known.identity().toUserInfo());
            if (!known.audiences().isEmpty()) {
                out.put("audiences", ArrayValue.ofStrings(known.audiences()));
            }
            return out.build();
        }
        String error = result instanceof AuthResult.Refused refused ? refused.reason() : "invalid bearer token";
        return ObjectValue.of("user", ObjectValue.EMPTY, "error", Value.of(error));
    }
}
