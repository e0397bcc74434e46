// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A definition from its creation to its end, through the door. */
class CustomResourcesTest {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String WIDGETS = "/apis/example.com/v1/namespaces/default/widgets";

    private ApiServer server;
    private LocalClient client;

    @BeforeEach
    void start() {
        server = ApiServer.forTests();
        client = new LocalClient(server::handle, "test");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void define() {
        LocalClient.Answer answer = client.create(
                DEFINITIONS,
                json("{'metadata':{'name':'widgets.example.com'},'spec':{'group':'example.com','scope':'Namespaced',"
                        + "'names':{'plural':'widgets','kind':'Widget'},'versions':["
                        + "{'name':'v1','served':true,'storage':true,'subresources':{'status':{}},"
                        + "'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',"
                        + "'properties':{'size':{'type':'integer','default':3,'minimum':1}}},"
                        + "'status':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}}},"
                        + "{'name':'v2','served':true,'storage':false,'schema':{'openAPIV3Schema':"
                        + "{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}"));
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        await(() -> client.get(WIDGETS) != null);
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static ObjectValue widget(String spec) {
        return json("{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'a'},'spec':" + spec + "}");
    }

    @Test
    void objectsAreDefaultedCheckedAndCounted() {
        define();

        LocalClient.Answer made = client.create(WIDGETS, widget("{}"));
        LocalClient.Answer wrong = client.patch(WIDGETS + "/a", json("{'spec':{'size':0}}"));
        LocalClient.Answer status = client.patch(WIDGETS + "/a/status", json("{'spec':{'size':9},'status':{'n':1}}"));

        assertThat(made.body().get("spec")).isEqualTo(json("{'size':3}"));
        assertThat(wrong.message())
                .isEqualTo("Widget.example.com \"a\" is invalid: spec.size: Invalid value: 0: spec.size in body should"
                        + " be greater than or equal to 1");
        assertThat(status.body().get("spec")).isEqualTo(json("{'size':3}"));
        assertThat(status.body().get("status")).isEqualTo(json("{'n':1}"));
        assertThat(status.body().objectOrEmpty("metadata").get("generation")).isEqualTo(Value.of(1));
    }

    @Test
    void otherVersionsShowTheSameObject() {
        define();
        client.create(WIDGETS, widget("{'size':5}"));

        ObjectValue other = client.get(WIDGETS.replace("v1", "v2") + "/a");

        assertThat(other).isNotNull();
        assertThat(other.getString("apiVersion")).isEqualTo("example.com/v2");
        assertThat(other.get("spec")).isEqualTo(json("{'size':5}"));
        assertThat(client.send(
                                "PATCH",
                                WIDGETS.replace("v1", "v2") + "/a/status",
                                json("{}"),
                                "application/merge-patch+json")
                        .code())
                .isEqualTo(404);
    }

    @Test
    void membersStandByTheAlphabet() {
        define();
        client.create(WIDGETS, widget("{'size':5}"));

        ObjectValue read = client.get(WIDGETS + "/a");

        assertThat(read).isNotNull();
        assertThat(read.toString())
                .isEqualTo(read.sorted()
                        .with("metadata", read.objectOrEmpty("metadata").sorted())
                        .toString());
        assertThat(read.objectOrEmpty("metadata").has("resourceVersion")).isTrue();
    }

    @Test
    void aDeletedDefinitionTakesItsObjectsWithIt() {
        define();
        client.create(WIDGETS, widget("{}"));

        assertThat(client.delete(DEFINITIONS + "/widgets.example.com", null).code())
                .isEqualTo(200);

        await(() -> client.get(DEFINITIONS + "/widgets.example.com") == null);
        await(() -> server.catalog().find("example.com", "v1", "widgets") == null);
        define();
        assertThat(client.get(WIDGETS + "/a")).isNull();
    }
}
