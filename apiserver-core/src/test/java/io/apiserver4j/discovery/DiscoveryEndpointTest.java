// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.codec.ProtobufEnvelope;
import io.apiserver4j.discovery.RemoteGroups.RemoteVersion;
import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.SelectableFields;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryEndpointTest {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final ObjectValue RECORDED = recorded();
    private static final List<ResourceDefinition> BUILT_IN = BuiltinCatalog.definitions();

    private final LiveCatalog catalog = new LiveCatalog(new Catalog(BUILT_IN));
    private final DiscoveryEndpoint endpoint = new DiscoveryEndpoint(catalog, () -> "10.0.0.1:6443");

    private static ObjectValue recorded() {
        try (InputStream in = DiscoveryEndpointTest.class.getResourceAsStream("recorded.json")) {
            return JsonReader.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ApiResponse.Complete get(String path, String... headers) {
        return send("GET", path, headers);
    }

    private ApiResponse.Complete send(String method, String path, String... headers) {
        return Calls.send(endpoint, method, path, headers);
    }

    private static ObjectValue body(ApiResponse.Complete response) {
        return JsonReader.readObject(response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1",
                "/apis/apps/v1",
                "/apis/autoscaling",
                "/apis/apiextensions.k8s.io/v1",
                "/apis/authorization.k8s.io/v1",
                "/apis/events.k8s.io/v1"
            })
    void documentsAreThoseOfTheRealServer(String path) {
        assertThat(body(get(path))).isEqualTo(RECORDED.objectOrEmpty(path));
    }

    @Test
    void groupsComeInTheOrderOfTheRealServer() {
        List<String> names = body(get("/apis")).arrayOrEmpty("groups").objects().stream()
                .map(group -> group.stringOrEmpty("name"))
                .toList();
        assertThat(names).isEqualTo(RECORDED.arrayOrEmpty("order of groups").strings());
    }

    @Test
    void theCoreSaysWhereTheServerIs() {
        assertThat(get("/api").body()).asString(StandardCharsets.UTF_8).isEqualTo("""
            {"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":\
            [{"clientCIDR":"0.0.0.0/0","serverAddress":"10.0.0.1:6443"}]}
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apps", "autoscaling"})
    void aggregatedGroupsAreThoseOfTheRealServer(String name) {
        ObjectValue group = body(get("/apis", "Accept", AGGREGATED)).arrayOrEmpty("items").objects().stream()
                .filter(one ->
                        one.objectOrEmpty("metadata").stringOrEmpty("name").equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(group).isEqualTo(RECORDED.objectOrEmpty("aggregated " + name));
    }

    @Test
    void anAggregatedDocumentIsSentOnce() {
        ApiResponse.Complete first = get("/api", "Accept", AGGREGATED);
        assertThat(first.code()).isEqualTo(200);
        assertThat(first.headers().first("Content-Type")).isEqualTo(AGGREGATED);
        assertThat(first.headers().first("Cache-Control")).isEqualTo("public");
        assertThat(first.headers().first("Vary")).isEqualTo("Accept");
        String etag = first.headers().firstOrEmpty("ETag");
        assertThat(etag).matches("\"[0-9A-F]{128}\"");

        ApiResponse.Complete second = get("/api", "Accept", AGGREGATED, "If-None-Match", etag);
        assertThat(second.code()).isEqualTo(304);
        assertThat(second.length()).isZero();
        assertThat(get("/apis", "Accept", AGGREGATED, "If-None-Match", etag).code())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json | APIGroupDiscoveryList
        application/json,application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList | APIGroupDiscoveryList
        application/json;g=apidiscovery.k8s.io;v=v9;as=APIGroupDiscoveryList,application/json | APIVersions
        application/json                                                                       | APIVersions
        */*                                                                                    | APIVersions
        """)
    void theFirstFormThatIsThereIsGiven(String accept, String kind) {
        assertThat(body(get("/api", "Accept", accept)).getString("kind")).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /api    | application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList
        /api    | application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList
        /api/v1 | application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList
        /api    | text/html
        """)
    void otherFormsAreNotAcceptable(String path, String accept) {
        assertFails(() -> get(path, "Accept", accept), 406);
    }

    private static void assertFails(ThrowingCallable work, int code) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status().code()).isEqualTo(code));
    }

    @Test
    void documentsComeInYamlAndProtobuf() {
        assertThat(get("/apis/batch", "Accept", "application/yaml").body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("""
                    apiVersion: v1
                    kind: APIGroup
                    name: batch
                    preferredVersion:
                      groupVersion: batch/v1
                      version: v1
                    versions:
                    - groupVersion: batch/v1
                      version: v1
                    """);
        String protobuf = "application/vnd.kubernetes.protobuf";
        ProtobufEnvelope core =
                ProtobufEnvelope.read(get("/api/v1", "Accept", protobuf).body());
        assertThat(core.kindName()).isEqualTo("APIResourceList");
        assertThat(core.apiVersion()).isEmpty();
        ProtobufEnvelope aggregated = ProtobufEnvelope.read(
                get("/apis", "Accept", protobuf + ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
                        .body());
        assertThat(aggregated.kindName()).isEqualTo("APIGroupDiscoveryList");
        assertThat(aggregated.end() - aggregated.start()).isGreaterThan(5000);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(get("/apis/none.example.com").code()).isEqualTo(404);
        assertThat(get("/apis/none.example.com/v1").body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("404 page not found\n");
        assertFails(() -> get("/apis/apps/v9"), 404);
        assertFails(() -> get("/api/v2"), 404);
    }

    @Test
    void documentsAreOnlyRead() {
        assertFails(() -> send("POST", "/api"), 405);
        assertFails(() -> send("PUT", "/apis/apps/v1"), 405);
    }

    @Test
    void customKindsComeAndGo() {
        String group = "widgets.example.com";
        assertThat(get("/apis/" + group).code()).isEqualTo(404);
        String before = get("/apis", "Accept", AGGREGATED).headers().firstOrEmpty("ETag");

        List<ResourceDefinition> more = new ArrayList<>(BUILT_IN);
        more.add(widgets(group));
        catalog.change(old -> new Catalog(more));
        assertThat(body(get("/apis/" + group + "/v1")))
                .isEqualTo(JsonReader.readObject("""
                    {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"widgets.example.com/v1","resources":[
                    {"name":"widgets","singularName":"widget","namespaced":true,"kind":"Widget","verbs":
                    ["delete","deletecollection","get","list","patch","create","update","watch"],
                    "shortNames":["wi"],"storageVersionHash":"0oHcIOftZNc="},
                    {"name":"widgets/status","singularName":"","namespaced":true,"kind":"Widget",
                    "verbs":["get","patch","update"]}]}\
                    """.getBytes(StandardCharsets.UTF_8)));
        assertThat(get("/apis", "Accept", AGGREGATED).headers().firstOrEmpty("ETag"))
                .isNotEqualTo(before);

        catalog.change(old -> new Catalog(BUILT_IN));
        assertThat(get("/apis/" + group + "/v1").code()).isEqualTo(404);
        assertThat(get("/apis", "Accept", AGGREGATED).headers().firstOrEmpty("ETag"))
                .isEqualTo(before);
    }

    private static ResourceDefinition widgets(String group) {
        Kind kind = new Kind(group, "v1", "Widget");
        Subresource status =
                new Subresource("status", kind, EnumSet.of(Verb.GET, Verb.PATCH, Verb.UPDATE), Subresource.Form.OBJECT);
        return new ResourceDefinition(
                group,
                "widgets",
                "widget",
                "Widget",
                "WidgetList",
                List.of("wi"),
                List.of(),
                true,
                List.of(VersionDefinition.stored(
                        kind, () -> Schema.object("", false, true).link(List.of()))),
                EnumSet.range(Verb.GET, Verb.DELETECOLLECTION),
                Map.of("status", status),
                Strategy.NONE,
                SelectableFields.NONE,
                new ResourceDefinition.StorageLocation("/registry/" + group + "/widgets", group, "v1", 0),
                true);
    }

    @Test
    void whatOthersServeStandsWhereItsPrioritySays() {
        ObjectValue pods = JsonReader.readObject("""
            {"resource":"pods","responseKind":{"group":"","version":"","kind":"PodMetrics"},"scope":"Namespaced",
            "singularResource":"pod","verbs":["get","list"]}\
            """.getBytes(StandardCharsets.UTF_8));
        List<RemoteVersion> remotes = List.of(
                new RemoteVersion("metrics.k8s.io", "v1beta1", 100, 100, List.of(pods), true),
                new RemoteVersion("metrics.k8s.io", "v1", 100, 200, List.of(), false),
                new RemoteVersion("first.example.com", "v1", 17790, 10, List.of(), true));
        DiscoveryEndpoint both = new DiscoveryEndpoint(
                catalog, () -> "", () -> remotes, call -> PlainText.error(503, "service unavailable"));
        List<String> names = body(Calls.send(both, "GET", "/apis")).arrayOrEmpty("groups").objects().stream()
                .map(group -> group.stringOrEmpty("name"))
                .toList();
        assertThat(names).startsWith("apiregistration.k8s.io", "apps", "first.example.com", "events.k8s.io");
        assertThat(names).endsWith("storagemigration.k8s.io", "metrics.k8s.io");
        assertThat(body(Calls.send(both, "GET", "/apis/metrics.k8s.io")).at("preferredVersion", "version"))
                .hasToString("\"v1\"");
        ObjectValue last = body(Calls.send(both, "GET", "/apis", "Accept", AGGREGATED))
                .arrayOrEmpty("items")
                .objectAt(22);
        assertThat(last.arrayOrEmpty("versions").objects())
                .extracting(version -> version.stringOrEmpty("version") + " " + version.stringOrEmpty("freshness"))
                .containsExactly("v1 Stale", "v1beta1 Current");
        assertThat(Calls.send(both, "GET", "/apis/metrics.k8s.io/v1beta1").code())
                .isEqualTo(503);
        assertThat(Calls.send(both, "GET", "/apis/none.example.com").code()).isEqualTo(404);
    }
}
