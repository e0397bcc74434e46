// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /openapi/v2}, {@code /openapi/v3} and the documents below. Documents are made when they are first
 * asked for and kept as long as the catalog stays the same; they are known to clients by a hash that is there before
 * they are.
 */
public final class OpenApiEndpoint implements Endpoint {
    private static final String V2 = "/openapi/v2";
    private static final String V3 = "/openapi/v3";
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static final List<String> V2_TYPES =
            List.of(JSON, "application/com.github.proto-openapi.spec.v2@v1.0+protobuf", PROTOBUF);
    private static final byte[] NO_BODY = {};
    private static final DateTimeFormatter EXPIRES =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH);

    private final LiveCatalog catalog;
    private final CustomSchemas customSchemas;
    private final String release;
    private final RemoteDocuments remotes;
    private final InstantSource clock;
    private volatile @Nullable Documents current;

    /**
     * Documents of a catalog.
     *
     * @param source knows the schemas of custom kinds
     * @param release what documents say they are of, e.g. {@code 1.37}
     */
    public OpenApiEndpoint(LiveCatalog catalog, CustomSchemaSource source, String release, InstantSource clock) {
        this(catalog, source, release, clock, RemoteDocuments.NONE);
    }

    /**
     * Documents of a catalog and of what others serve.
     *
     * @param source knows the schemas of custom kinds
     * @param release what documents say they are of, e.g. {@code 1.37}
     * @param remotes documents of others
     */
    public OpenApiEndpoint(
            LiveCatalog catalog,
            CustomSchemaSource source,
            String release,
            InstantSource clock,
            RemoteDocuments remotes) {
        this.remotes = remotes;
        this.catalog = catalog;
        this.customSchemas = new CustomSchemas(source);
        this.release = release;
        this.clock = clock;
    }

    @Override
    public ApiResponse handle(Call call) {
        ApiRequest request = call.request();
        String path = call.requireTarget().path();
        Documents documents = documents();
        if (path.equals(V2)) {
            return v2(request, documents);
        }
        if (path.equals(V3)) {
            return ApiResponse.Complete.of(
                    200, Headers.of("Content-Type", "text/plain; charset=utf-8"), index(documents));
        }
        return v3(request, documents, path.substring(V3.length() + 1));
    }

    private Documents documents() {
        Catalog now = catalog.current();
        List<RemoteDocuments.RemoteDocument> others = remotes.documents();
        Documents known = current;
        if (known == null || !known.isOf(now, others)) {
            known = new Documents(now, customSchemas, release, others);
            current = known;
        }
        return known;
    }

    private static byte[] index(Documents documents) {
        ObjectEditor paths = ObjectValue.builder();
        for (String name : documents.names()) {
            paths.put(name, ObjectValue.of("serverRelativeURL", Value.of(address(name, documents.hash(name)))));
        }
        return JsonWriter.toBytes(ObjectValue.of("paths", paths.build()));
    }

    private static String address(String name, String hash) {
        return V3 + "/" + name + "?hash=" + hash;
    }

    private ApiResponse v3(ApiRequest request, Documents documents, String name) {
        Headers headers = Headers.of("Vary", "Accept");
        if (AcceptedType.best(accept(request), List.of(JSON)) == null) {
            return ApiResponse.Complete.of(406, headers, NO_BODY);
        }
        if (!documents.names().contains(name)) {
            return ApiResponse.Complete.of(404, headers, NO_BODY);
        }
        String hash = documents.hash(name);
        String asked = request.query().firstOrEmpty("hash");
        headers = headers.with("Content-Type", JSON).with("ETag", quoted(hash));
        if (!asked.isEmpty()) {
            if (!asked.equals(hash)) {
                return ApiResponse.Complete.of(301, headers.with("Location", address(name, hash)), NO_BODY);
            }
            ZonedDateTime inAYear = clock.instant().atZone(ZoneOffset.UTC).plusYears(1);
            headers = headers.with("Cache-Control", "public, immutable").with("Expires", EXPIRES.format(inAYear));
        }
        return isKnown(request, hash)
                ? notModified(headers)
                : ApiResponse.Complete.of(200, headers, documents.v3(name));
    }

    private static ApiResponse v2(ApiRequest request, Documents documents) {
        Headers headers = Headers.of("Vary", "Accept");
        String type = AcceptedType.best(accept(request), V2_TYPES);
        if (type == null) {
            return ApiResponse.Complete.of(406, headers, NO_BODY);
        }
        boolean json = type.equals(JSON);
        String hash = documents.v2Hash(json);
        headers = headers.with("Content-Type", json ? JSON : PROTOBUF).with("ETag", quoted(hash));
        return isKnown(request, hash)
                ? notModified(headers)
                : ApiResponse.Complete.of(200, headers, json ? documents.v2() : documents.v2Protobuf());
    }

    private static String accept(ApiRequest request) {
        return request.headers().firstOrEmpty("Accept");
    }

    private static String quoted(String hash) {
        return '"' + hash + '"';
    }

    private static boolean isKnown(ApiRequest request, String hash) {
        for (String etag : request.headers().firstOrEmpty("If-None-Match").split(",")) {
            String bare = etag.trim();
            if (bare.equals("*") || bare.equals(quoted(hash)) || bare.equals("W/" + quoted(hash))) {
                return true;
            }
        }
        return false;
    }

    /** Says nothing of the type of what isn't sent, as Go's file server does. */
    private static ApiResponse notModified(Headers headers) {
        Headers.Builder out = Headers.builder();
        headers.forEach((name, value) -> {
            if (!name.equals("content-type")) {
                out.add(name, value);
            }
        });
        return ApiResponse.Complete.of(304, out.build(), NO_BODY);
    }
}
