// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.resource.OpenApiSchema;
import io.apiserver4j.resource.OwnKind;
import io.apiserver4j.resource.ServedApis;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Kinds declared in Java, and servers that leave built-in ones out. */
class OwnKindsTest {
    private static final String ROOMS = "/apis/hotel.example.com/v1/namespaces/default/rooms";

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** Rooms have beds; the thirteenth floor is not there. */
    private static OwnKind rooms() {
        OpenApiSchema spec = OpenApiSchema.object()
                .required("beds", OpenApiSchema.integer().between(1, 4))
                .property("floor", OpenApiSchema.integer().defaultValue(Value.of(1)));
        OpenApiSchema schema = OpenApiSchema.object()
                .required("spec", spec)
                .property("status", OpenApiSchema.object().property("taken", OpenApiSchema.bool()));
        return OwnKind.of(
                        "hotel.example.com",
                        "Room",
                        OwnKind.Version.of("v1", schema).withStatus().withColumn("Beds", "integer", ".spec.beds"))
                .withShortNames("ro")
                .withStrategy(new Strategy() {
                    @Override
                    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
                        if (object.objectOrEmpty("spec").longOr("floor", 0) == 13) {
                            errors.invalid(ValuePath.of("spec", "floor"), 13, "there is no such floor");
                        }
                    }
                });
    }

    private static ObjectValue send(ApiServer server, String method, String path, String body, String accept) {
        ApiResponse answer = server.handle(ApiRequest.of(
                method,
                path,
                Headers.of("Content-Type", "application/json", "Accept", accept),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        byte[] bytes = ((ApiResponse.Complete) answer).body();
        return bytes.length > 0 && bytes[0] == '{'
                ? JsonReader.readObject(bytes)
                : ObjectValue.of("code", Value.of(answer.code()));
    }

    private static ObjectValue get(ApiServer server, String path) {
        return send(server, "GET", path, "", "application/json");
    }

    @Test
    void aKindOfOnesOwnIsServedLikeAnyOther() {
        try (ApiServer server = ApiServer.builder().kind(rooms()).build()) {
            ObjectValue made = send(
                    server,
                    "POST",
                    ROOMS,
                    "{'kind':'Room','apiVersion':'hotel.example.com/v1','metadata':{'name':'a'},"
                            + "'spec':{'beds':2,'sea':true},'status':{'taken':true}}",
                    "application/json");
            assertThat(made.objectOrEmpty("spec")).isEqualTo(json("{'beds':2,'floor':1}"));
            assertThat(made.has("status")).isFalse();
            assertThat(made.objectOrEmpty("metadata").longOr("generation", 0)).isEqualTo(1);

            ObjectValue refused = send(
                    server,
                    "POST",
                    ROOMS,
                    "{'kind':'Room','apiVersion':'hotel.example.com/v1','metadata':{'name':'b'},"
                            + "'spec':{'beds':5,'floor':13}}",
                    "application/json");
            assertThat(refused.stringOrEmpty("message"))
                    .isEqualTo(
                            "Room.hotel.example.com \"b\" is invalid: [spec.beds: Invalid value: 5: spec.beds in body"
                                    + " should be less than or equal to 4, spec.floor: Invalid value: 13: there is no such floor]");

            ObjectValue table =
                    send(server, "GET", ROOMS, "", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
            assertThat(table.arrayOrEmpty("columnDefinitions").objectAt(1).stringOrEmpty("name"))
                    .isEqualTo("Beds");
            assertThat(get(server, "/apis/hotel.example.com/v1")
                            .arrayOrEmpty("resources")
                            .objectAt(0)
                            .arrayOrEmpty("shortNames")
                            .strings())
                    .containsExactly("ro");
            assertThat(get(server, "/openapi/v3/apis/hotel.example.com/v1")
                            .objectAt("components", "schemas")
                            .has("com.example.hotel.v1.Room"))
                    .isTrue();
        }
    }

    @Test
    void versionsAreConvertedByTheirOwner() {
        OpenApiSchema old = OpenApiSchema.object().property("beds", OpenApiSchema.integer());
        OwnKind kind = rooms().withVersion(OwnKind.Version.of("v1alpha1", old)
                .converted(
                        object -> object.without("beds")
                                .with("spec", ObjectValue.of("beds", Value.of(object.longOr("beds", 0)))),
                        object -> object.without("spec")
                                .with(
                                        "beds",
                                        Value.of(object.objectOrEmpty("spec").longOr("beds", 0)))));
        try (ApiServer server = ApiServer.builder().kind(kind).build()) {
            send(
                    server,
                    "POST",
                    ROOMS.replace("/v1/", "/v1alpha1/"),
                    "{'kind':'Room','apiVersion':'hotel.example.com/v1alpha1','metadata':{'name':'a'},'beds':3}",
                    "application/json");

            assertThat(get(server, ROOMS + "/a").objectOrEmpty("spec").longOr("beds", 0))
                    .isEqualTo(3);
            assertThat(get(server, ROOMS.replace("/v1/", "/v1alpha1/") + "/a").longOr("beds", 0))
                    .isEqualTo(3);
        }
    }

    @Test
    void aControlPlaneWithoutPodsHasNoPods() {
        try (ApiServer server = ApiServer.builder()
                .apis(ServedApis.controlPlane())
                .kind(rooms())
                .roles()
                .settings(ApiServerSettings.STANDARD.withControllers(ApiServerSettings.ALL_CONTROLLERS))
                .build()) {
            assertThat(get(server, "/api/v1/pods").longOr("code", 0)).isEqualTo(404);
            assertThat(get(server, "/api/v1").toString()).doesNotContain("\"pods\"");
            assertThat(get(server, "/apis").toString())
                    .doesNotContain("\"apps\"")
                    .contains("hotel.example.com");
            String openapi = get(server, "/openapi/v2").toString();
            assertThat(openapi).doesNotContain("PodSpec").contains("com.example.hotel.v1.Room");
            assertThat(get(server, "/openapi/v3").toString()).doesNotContain("apis/apps");
            assertThat(get(server, "/api/v1/namespaces/default").stringOrEmpty("kind"))
                    .isEqualTo("Namespace");
            assertThat(get(server, "/readyz").longOr("code", 0)).isEqualTo(200);
        }
    }

    @Test
    void onePartCanBeLeftOut() {
        ServedApis apis = ServedApis.all()
                .withoutVersion("autoscaling", "v1")
                .withoutResource("pods")
                .withoutGroup("batch");
        try (ApiServer server = ApiServer.builder().apis(apis).build()) {
            assertThat(get(server, "/apis/autoscaling/v1").longOr("code", 0)).isEqualTo(404);
            assertThat(get(server, "/apis/autoscaling/v2").stringOrEmpty("kind"))
                    .isEqualTo("APIResourceList");
            assertThat(get(server, "/api/v1/pods").longOr("code", 0)).isEqualTo(404);
            assertThat(get(server, "/api/v1/services").stringOrEmpty("kind")).isEqualTo("ServiceList");
            assertThat(get(server, "/apis/batch").longOr("code", 0)).isEqualTo(404);
        }
        assertThatThrownBy(() -> ApiServer.builder()
                        .apis(ServedApis.all().withoutGroup(""))
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSchemaComesFromADocument() {
        ObjectValue document = json("{'components':{'schemas':{'Room':{'type':'object','properties':{"
                + "'spec':{'$ref':'#/components/schemas/Spec'}}},'Spec':{'type':'object','properties':{"
                + "'beds':{'type':'integer'},'inner':{'$ref':'#/components/schemas/Room'}}}}}}");

        assertThat(OpenApiSchema.ofDocument(document, "Room").tree())
                .isEqualTo(json("{'type':'object','properties':{'spec':{'type':'object','properties':{"
                        + "'beds':{'type':'integer'},'inner':{'x-kubernetes-preserve-unknown-fields':true}}}}}"));
        assertThatThrownBy(() -> OpenApiSchema.ofDocument(document, "Hall")).hasMessageContaining("no schema Hall");
    }
}
