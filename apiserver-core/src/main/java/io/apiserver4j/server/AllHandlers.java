// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.connect.ConnectHandlers;
import io.apiserver4j.kinds.Handlers;
import io.apiserver4j.kinds.reviews.ReviewHandlers;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.verb.ResourceHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The handlers of everything that is not plain reading and writing of stored objects. */
final class AllHandlers {
    /** The audience of tokens that name none. */
    private static final String AUDIENCE = "https://kubernetes.default.svc";

    private AllHandlers() {}

    /**
     * The handlers of a server.
     *
     * @param objects the objects of a resource, asked when a call is served
     * @param server takes requests of the server to itself
     */
    static Map<String, ResourceHandler> of(
            Authenticator authenticator,
            Authorizer authorizer,
            Function<String, ObjectStore> objects,
            Function<ApiRequest, ApiResponse> server) {
        Map<String, ResourceHandler> all = new HashMap<>(ConnectHandlers.all());
        all.putAll(ReviewHandlers.all(authenticator, authorizer, AUDIENCE));
        all.putAll(Handlers.all(objects, server));
        return all;
    }
}
