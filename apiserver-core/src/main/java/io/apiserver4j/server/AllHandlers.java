// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

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
    private AllHandlers() {}

    /**
     * The handlers of a server.
     *
     * @param objects the objects of a resource, asked when a call is served
     * @param server takes requests of the server to itself
     */
    static Map<String, ResourceHandler> of(
            Tokens tokens,
            Authorizer authorizer,
            Function<String, ObjectStore> objects,
            Function<ApiRequest, ApiResponse> server) {
        Map<String, ResourceHandler> all = new HashMap<>(ConnectHandlers.all());
        all.putAll(ReviewHandlers.all(tokens.callers(), authorizer));
        all.putAll(Handlers.all(objects, server));
        all.put("serviceaccounts/token", tokens.handler());
        return all;
    }
}
