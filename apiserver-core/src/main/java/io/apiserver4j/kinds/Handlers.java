// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.kinds.core.BindingHandler;
import io.apiserver4j.kinds.core.ComponentStatusHandler;
import io.apiserver4j.kinds.core.EvictionHandler;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.verb.ResourceHandler;
import java.util.Map;
import java.util.function.Function;

/** The handlers of subresources of built-in kinds that are neither plain reading and writing nor connections. */
public final class Handlers {
    private Handlers() {}

    /**
     * The handlers by resource and subresource ({@code pods/binding}).
     *
     * @param objects the objects of a resource ({@code pods}, {@code poddisruptionbudgets.policy}); asked when a call
     *     is served
     * @param server takes requests of the server to itself
     */
    public static Map<String, ResourceHandler> all(
            Function<String, ObjectStore> objects, Function<ApiRequest, ApiResponse> server) {
        ResourceHandler binding = new BindingHandler(() -> objects.apply("pods"));
        return Map.of(
                "pods/binding",
                binding,
                "bindings",
                binding,
                "componentstatuses",
                new ComponentStatusHandler(),
                "pods/eviction",
                new EvictionHandler(
                        () -> objects.apply("pods"), () -> objects.apply("poddisruptionbudgets.policy"), server));
    }
}
