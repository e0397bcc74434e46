// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.reviews;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;

/** Who am I (SelfSubjectReview). */
final class SelfReview implements ResourceHandler {
    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        ObjectValue review = support.body(call, call.version().kind());
        Value now = Value.of(Timestamp.format(support.now()));
        ObjectValue answer = review.update(
                        "metadata", metadata -> MetadataOrder.put(metadata, "creationTimestamp", now))
                .with(
                        "status",
                        ObjectValue.of("userInfo", call.call().requireIdentity().toUserInfo()));
        return support.answer(call, answer, 201);
    }
}
