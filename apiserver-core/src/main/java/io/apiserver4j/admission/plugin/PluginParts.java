// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.store.Stores;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What plugins need of their server.
 *
 * @param stores where plugins read objects
 * @param catalog says where those are kept
 * @param random where generated names come from
 * @param authorizer may the caller do this
 * @param door answers requests of the server itself
 */
public record PluginParts(
        Stores stores,
        LiveCatalog catalog,
        RandomGenerator random,
        InstantSource clock,
        Authorizer authorizer,
        Function<ApiRequest, ApiResponse> door) {}
