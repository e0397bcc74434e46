// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import io.apiserver4j.codec.Negotiation;
import io.apiserver4j.codec.Offer;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.codec.RouteTypes;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.ObjectValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /api}, {@code /apis} and the groups and versions below. Serve it at both paths and at all below them
 * that name no resource.
 */
public final class DiscoveryEndpoint implements Endpoint {
    private static final byte[] NO_BODY = {};
    private static final Offer AGGREGATED = (type, as) -> as != null
            && as.group().equals("apidiscovery.k8s.io")
            && as.version().equals("v2")
            && as.kind().equals("APIGroupDiscoveryList");

    private final LiveCatalog catalog;
    private final Supplier<String> serverAddress;
    private final RemoteGroups remotes;
    private final Endpoint otherwise;
    private volatile @Nullable DiscoveryCache cache;

    /**
     * Discovery of a catalog.
     *
     * @param serverAddress gives host and port at which clients are told to reach the server
     */
    public DiscoveryEndpoint(LiveCatalog catalog, Supplier<String> serverAddress) {
        this(catalog, serverAddress, RemoteGroups.NONE, call -> PlainText.notFound());
    }

    /**
     * Discovery of a catalog and of what others serve.
     *
     * @param serverAddress gives host and port at which clients are told to reach the server
     * @param remotes what others serve
     * @param otherwise answers paths of group versions that the catalog has not
     */
    public DiscoveryEndpoint(
            LiveCatalog catalog, Supplier<String> serverAddress, RemoteGroups remotes, Endpoint otherwise) {
        this.catalog = catalog;
        this.serverAddress = serverAddress;
        this.remotes = remotes;
        this.otherwise = otherwise;
    }

    /** Answers a call; throws 404, 405 and 406 as Status. */
    @Override
    public ApiResponse handle(Call call) {
        ApiRequest request = call.request();
        List<String> parts = parts(call.requireTarget().path());
        boolean core = parts.get(0).equals("api");
        DiscoveryCache documents = documents();
        if (parts.size() == 1) {
            return root(request, documents, core);
        }
        if (!core && parts.size() == 2) {
            ObjectValue group = documents.legacy().group(parts.get(1));
            return group == null ? PlainText.notFound() : answer(request, documents, parts, group);
        }
        String group = core ? "" : parts.get(1);
        boolean builtIn = isBuiltIn(documents.catalog(), group);
        ObjectValue resources = parts.size() == (core ? 2 : 3)
                ? documents.legacy().resources(new GroupVersion(group, parts.get(parts.size() - 1)))
                : null;
        if (resources == null) {
            // routes of built-in groups answer for all that is below them
            if (builtIn) {
                throw Status.noSuchPath().asException();
            }
            return otherwise.handle(call);
        }
        if (builtIn) {
            checkRoute(request);
        }
        return answer(request, documents, parts, resources);
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.substring(1).split("/"));
    }

    private ApiResponse root(ApiRequest request, DiscoveryCache documents, boolean core) {
        if (core) {
            checkRoute(request);
        }
        OutputFormat format = Negotiation.accepted(request.headers().firstOrEmpty("Accept"), AGGREGATED);
        if (format != null && format.as() != null) {
            return aggregated(request, documents, core);
        }
        return core
                ? answer(request, documents, List.of("api"), documents.legacy().versions(serverAddress.get()))
                : answer(request, documents, List.of("apis"), documents.legacy().groups());
    }

    private static ApiResponse aggregated(ApiRequest request, DiscoveryCache documents, boolean core) {
        DiscoveryCache.Aggregated aggregated = documents.aggregated(core);
        Headers headers = Headers.of("ETag", aggregated.etag(), "Vary", "Accept", "Cache-Control", "public");
        if (request.headers().firstOrEmpty("If-None-Match").equals(aggregated.etag())) {
            return ApiResponse.Complete.of(304, headers, NO_BODY);
        }
        OutputFormat format = format(request, AGGREGATED);
        byte[] body =
                documents.body(core ? "api" : "apis", format, f -> DiscoveryEncoder.encode(aggregated.document(), f));
        return ApiResponse.Complete.of(200, headers.with("Content-Type", format.contentType(true)), body);
    }

    private static ApiResponse answer(
            ApiRequest request, DiscoveryCache documents, List<String> parts, ObjectValue document) {
        OutputFormat format = format(request, Offer.PLAIN);
        byte[] body = documents.body(String.join("/", parts), format, f -> DiscoveryEncoder.encode(document, f));
        return ApiResponse.Complete.of(
                200, Headers.of("Content-Type", format.mediaType().text()), body);
    }

    private static OutputFormat format(ApiRequest request, Offer offer) {
        return Negotiation.output(
                request.headers().firstOrEmpty("Accept"),
                request.query().first("pretty"),
                request.headers().firstOrEmpty("User-Agent"),
                offer);
    }

    private DiscoveryCache documents() {
        Catalog current = catalog.current();
        List<RemoteGroups.RemoteVersion> others = remotes.current();
        DiscoveryCache known = cache;
        if (known == null || !known.isOf(current, others)) {
            known = new DiscoveryCache(current, others);
            cache = known;
        }
        return known;
    }

    /** Built-in groups have routes, which say what they take before anything else is looked at. */
    private static void checkRoute(ApiRequest request) {
        if (!request.method().equals("GET")) {
            throw Status.methodNotAllowed().asException();
        }
        RouteTypes.OBJECTS.check(
                request.method(),
                request.headers().firstOrEmpty("Content-Type"),
                request.headers().firstOrEmpty("Accept"));
    }

    private static boolean isBuiltIn(Catalog catalog, String group) {
        for (ResourceDefinition definition : catalog.definitions()) {
            if (definition.group().equals(group)) {
                return !definition.custom();
            }
        }
        return group.isEmpty();
    }
}
