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
            boolean nameless = resource.group().isEmpty() && resource.path().startsWith("/apis");
            if (nameless || catalog.current().versions(resource.group()).isEmpty()) {
                return PlainText.notFound();
            }
            return resources.handle(call, resource);
        }
        Endpoint end = surface.find(target.path());
        return end == null ? PlainText.notFound() : end.handle(call);
    }
}
