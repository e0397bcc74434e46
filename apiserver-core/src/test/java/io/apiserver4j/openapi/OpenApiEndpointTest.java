// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.discovery.Calls;
import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiEndpointTest {
    private static final List<ResourceDefinition> BUILT_IN = BuiltinCatalog.definitions();
    private static final LiveCatalog CATALOG = new LiveCatalog(new Catalog(BUILT_IN));
    private static final OpenApiEndpoint ENDPOINT = endpoint(CATALOG);

    private static OpenApiEndpoint endpoint(LiveCatalog catalog) {
        return new OpenApiEndpoint(catalog, CustomSchemaSource.NONE, "1.37", () -> Instant.EPOCH);
    }

    private static ApiResponse.Complete get(String target, String... headers) {
        return Calls.send(ENDPOINT, "GET", target, headers);
    }

    private static String address(String name) {
        return JsonReader.readObject(get("/openapi/v3").body())
                .objectOrEmpty("paths")
                .objectOrEmpty(name)
                .stringOrEmpty("serverRelativeURL");
    }

    @Test
    void theIndexHasADocumentForAllThatIsServed() {
        ApiResponse.Complete index = get("/openapi/v3");
        assertThat(index.headers().first("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        ObjectValue paths = JsonReader.readObject(index.body()).objectOrEmpty("paths");
        assertThat(paths.size()).isEqualTo(49);
        assertThat(paths.has("api/v1")).isTrue();
        assertThat(paths.has("apis/autoscaling/v2")).isTrue();
        assertThat(paths.has(".well-known/openid-configuration")).isTrue();
        assertThat(address("apis/apps/v1")).matches("/openapi/v3/apis/apps/v1\\?hash=[0-9A-F]{64}");
    }

    @Test
    void aDocumentUnderItsHashIsKeptForAYear() {
        ApiResponse.Complete document = get(address("apis/apps"));
        assertThat(document.code()).isEqualTo(200);
        assertThat(document.headers().first("Content-Type")).isEqualTo("application/json");
        assertThat(document.headers().first("Cache-Control")).isEqualTo("public, immutable");
        assertThat(document.headers().first("Expires")).isEqualTo("Fri, 01 Jan 1971 00:00:00 UTC");
        String etag = document.headers().firstOrEmpty("ETag");
        assertThat(address("apis/apps")).endsWith("?hash=" + etag.replace("\"", ""));

        ApiResponse.Complete again = get("/openapi/v3/apis/apps", "If-None-Match", etag);
        assertThat(again.code()).isEqualTo(304);
        assertThat(again.length()).isZero();
    }

    @Test
    void anOldHashLeadsToTheNewOne() {
        ApiResponse.Complete moved = get("/openapi/v3/apis/apps?hash=OLD");
        assertThat(moved.code()).isEqualTo(301);
        assertThat(moved.headers().first("Location")).isEqualTo(address("apis/apps"));
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi/v3/apis/none/v1, application/json, 404",
        "/openapi/v3/, application/json, 404",
        "/openapi/v3/api/v1, text/html, 406",
        "/openapi/v2, text/html, 406"
    })
    void whatIsNotThereHasNoBody(String target, String accept, int code) {
        ApiResponse.Complete answer = get(target, "Accept", accept);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.length()).isZero();
        assertThat(answer.headers().has("Content-Type")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "application/json", "application/*", "text/html;q=0.9, application/json;q=0.1"})
    void anyHeaderThatTakesJsonGetsIt(String accept) {
        assertThat(get("/openapi/v3/version", "Accept", accept).code()).isEqualTo(200);
    }

    @Test
    void swaggerComesAsProtobufToo() {
        String type = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        ApiResponse.Complete answer = get("/openapi/v2", "Accept", type);
        assertThat(answer.headers().first("Content-Type"))
                .isEqualTo("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
        assertThat(answer.headers().first("ETag"))
                .isNotEqualTo(get("/openapi/v2").headers().first("ETag"));
        // field 1, a text of three bytes: swagger
        assertThat(answer.body()).startsWith(0x0a, 3, '2', '.', '0', 0x12);
    }

    @Test
    void hashesFollowTheCatalog() {
        LiveCatalog catalog = new LiveCatalog(new Catalog(BUILT_IN));
        OpenApiEndpoint endpoint = endpoint(catalog);
        String target = "/openapi/v3/apis/apps/v1";
        String other = "/openapi/v3/apis/batch/v1";
        String before = Calls.send(endpoint, "GET", target).headers().firstOrEmpty("ETag");
        String otherBefore = Calls.send(endpoint, "GET", other).headers().firstOrEmpty("ETag");
        String v2 = Calls.send(endpoint, "GET", "/openapi/v2").headers().firstOrEmpty("ETag");

        List<ResourceDefinition> fewer = new ArrayList<>(BUILT_IN);
        fewer.removeIf(definition -> definition.groupResource().equals("daemonsets.apps"));
        catalog.change(old -> new Catalog(fewer));
        ApiResponse.Complete after = Calls.send(endpoint, "GET", target);
        assertThat(after.headers().firstOrEmpty("ETag")).isNotEqualTo(before);
        ObjectValue paths = JsonReader.readObject(after.body()).objectOrEmpty("paths");
        assertThat(paths.has("/apis/apps/v1/daemonsets")).isFalse();
        assertThat(paths.has("/apis/apps/v1/deployments")).isTrue();
        assertThat(Calls.send(endpoint, "GET", other).headers().firstOrEmpty("ETag"))
                .isEqualTo(otherBefore);
        assertThat(Calls.send(endpoint, "GET", "/openapi/v2").headers().firstOrEmpty("ETag"))
                .isNotEqualTo(v2);
    }
}
