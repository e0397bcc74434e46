// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.aggregation.Aggregator;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.Target;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.verb.ResourceEndpoint;

/** The end of the corridor: hands a call to what answers its target. Step 10. */
final class Dispatcher implements Endpoint {
    private final LiveCatalog catalog;
    private final ResourceEndpoint resources;
    private final Surface surface;
    private final Aggregator others;

    Dispatcher(LiveCatalog catalog, ResourceEndpoint resources, Surface surface, Aggregator others) {
        this.others = others;
        this.catalog = catalog;
        this.resources = resources;
        this.surface = surface;
    }

    @Override
    public ApiResponse handle(Call call) {
        Target target = call.requireTarget();
        Endpoint other = others.find(target);
        if (other != null) {
            return other.handle(call);
        }
        if (target instanceof Target.OfResource resource) {
            if (catalog.current().versions(resource.group()).isEmpty()) {
                return PlainText.notFound();
            }
            return resources.handle(call, resource);
        }
        String path = target.path();
        Endpoint end = surface.find(path);
        if (end == null && path.endsWith("/") && !path.endsWith("//") && path.length() > 1) {
            end = surface.find(path.substring(0, path.length() - 1));
        }
        if (end != null) {
            return end.handle(call);
        }
        return PlainText.notFound();
    }
}
