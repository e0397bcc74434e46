// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.outbound.LocalEndpoint;
import io.apiserver4j.outbound.OutboundSettings;
import io.apiserver4j.outbound.Reviews;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kind whose versions have other fields: v1 (stored) an address, v2 host and port; a webhook tells one by the other. */
class ConversionWebhooksTest {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String V1 = "/apis/example.com/v1/namespaces/default/links";
    private static final String V2 = "/apis/example.com/v2/namespaces/default/links";

    private final List<ObjectValue> reviews = Collections.synchronizedList(new ArrayList<>());
    private volatile LocalEndpoint converter = ConversionWebhooksTest::convert;
    private ApiServer server;
    private LocalClient client;

    @BeforeEach
    void start() {
        server = ApiServer.builder()
                .outbound(OutboundSettings.STANDARD.withLocal("https://links.local/convert", review -> {
                    reviews.add(review);
                    return converter.answer(review);
                }))
                .build();
        client = new LocalClient(server::handle, "test");
        String schema = "'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',";
        LocalClient.Answer answer = client.create(
                DEFINITIONS,
                json("{'metadata':{'name':'links.example.com'},'spec':{'group':'example.com','scope':'Namespaced',"
                        + "'names':{'plural':'links','kind':'Link'},'conversion':{'strategy':'Webhook','webhook':"
                        + "{'conversionReviewVersions':['v1'],'clientConfig':{'url':'https://links.local/convert'}}},"
                        + "'versions':[{'name':'v1','served':true,'storage':true," + schema
                        + "'required':['address'],'properties':{'address':{'type':'string'}}}}}}},"
                        + "{'name':'v2','served':true,'storage':false," + schema
                        + "'required':['host'],'properties':{'host':{'type':'string'},"
                        + "'port':{'type':'integer','default':80,'maximum':99}}}}}}}]}}"));
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        await(() -> client.get(V2) != null);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 4000 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectValue convert(ObjectValue review) {
        String wanted = review.objectOrEmpty("request").stringOrEmpty("desiredAPIVersion");
        return Reviews.converted(review, objects(review).map(one -> convert(one, wanted)));
    }

    private static ArrayValue objects(ObjectValue review) {
        return review.objectOrEmpty("request").arrayOrEmpty("objects");
    }

    private static Value convert(Value value, String wanted) {
        ObjectValue object = ((ObjectValue) value).with("apiVersion", wanted);
        ObjectValue spec = object.objectOrEmpty("spec");
        if (wanted.endsWith("/v1")) {
            return object.with(
                    "spec",
                    ObjectValue.of("address", Value.of(spec.stringOrEmpty("host") + ":" + spec.longOr("port", 0))));
        }
        String[] parts = spec.stringOrEmpty("address").split(":");
        return object.with(
                "spec", ObjectValue.of("host", Value.of(parts[0]), "port", Value.of(Long.parseLong(parts[1]))));
    }

    private static ObjectValue link(String version, String name, String spec) {
        return json("{'apiVersion':'example.com/" + version + "','kind':'Link','metadata':{'name':'" + name
                + "','labels':{'l':'1'}},'spec':" + spec + "}");
    }

    @Test
    void whatIsWrittenInOneVersionIsReadInAnother() {
        LocalClient.Answer made = client.create(V2, link("v2", "a", "{'host':'h'}"));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.body().get("spec")).isEqualTo(json("{'host':'h','port':80}"));
        ObjectValue stored = client.get(V1 + "/a");
        assertThat(stored).isNotNull();
        assertThat(stored.get("spec")).isEqualTo(json("{'address':'h:80'}"));
        client.patch(V1 + "/a", json("{'spec':{'address':'i:7'}}"));
        LocalClient.Answer changed = client.patch(V2 + "/a", json("{'spec':{'port':8}}"));
        assertThat(changed.body().get("spec")).isEqualTo(json("{'host':'i','port':8}"));
        assertThat(changed.body().get("apiVersion")).isEqualTo(Value.of("example.com/v2"));
        assertThat(client.get(V1 + "/a").get("spec")).isEqualTo(json("{'address':'i:8'}"));
        assertThat(client.patch(V2 + "/a", json("{'spec':{'port':100}}")).message())
                .as("checked in the version of the client")
                .isEqualTo("Link.example.com \"a\" is invalid: spec.port: Invalid value: 100: spec.port in body should"
                        + " be less than or equal to 99");
        assertThat(client.delete(V2 + "/a", null).code()).isEqualTo(200);
    }

    @Test
    void aListIsOneCall() {
        for (int i = 0; i < 5; i++) {
            client.create(V1, link("v1", "a" + i, "{'address':'h:" + i + "'}"));
        }
        reviews.clear();
        ObjectValue list = client.get(V2);
        assertThat(list.arrayOrEmpty("items").size()).isEqualTo(5);
        assertThat(list.arrayOrEmpty("items").objectAt(3).get("spec")).isEqualTo(json("{'host':'h','port':3}"));
        assertThat(list.get("kind")).isEqualTo(Value.of("LinkList"));
        assertThat(reviews).hasSize(1);
        assertThat(objects(reviews.get(0)).size()).isEqualTo(5);
        client.get(V2);
        assertThat(reviews).as("what did not change is not asked about again").hasSize(1);
    }

    @Test
    void metadataIsProtected() {
        UnaryOperator<ObjectValue> labels =
                metadata -> metadata.with("labels", json("{'n':'2'}")).with("generation", Value.of(77));
        converter = review -> {
            ObjectValue answer = convert(review);
            ArrayValue objects = answer.objectOrEmpty("response").arrayOrEmpty("convertedObjects");
            return Reviews.converted(review, objects.map(one -> ((ObjectValue) one).update("metadata", labels)));
        };
        client.create(V1, link("v1", "a", "{'address':'h:1'}"));
        ObjectValue metadata = client.get(V2 + "/a").objectOrEmpty("metadata");
        assertThat(metadata.get("labels")).isEqualTo(json("{'n':'2'}"));
        assertThat(metadata.get("generation")).isEqualTo(Value.of(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                        | conversion webhook for example.com/v1, Kind=Link failed: no response provided
            {'response':{'uid':'x'}}                                  | conversion webhook for example.com/v1, Kind=Link failed: expected response.uid="UID", got "x"
            {'response':{'uid':'UID','result':{'status':'Failure'}}}  | conversion webhook for example.com/v1, Kind=Link failed: response.result.status was 'Failure', not 'Success'
            {'response':{'uid':'UID','result':{'message':'no way'}}}  | conversion webhook for example.com/v1, Kind=Link failed: no way
            {'response':{'uid':'UID','result':{'status':'Success'}}}  | conversion for example.com/v1, Kind=Link returned 0 objects, expected 1
            {'response':{'uid':'UID','result':{'status':'Success'},'convertedObjects':[{}]}} | conversion for example.com/v1, Kind=Link returned invalid converted object at index 1: invalid groupVersion (expected example.com/v2, received )
            {'response':{'uid':'UID','result':{'status':'Success'},'convertedObjects':[{'apiVersion':'example.com/v2','kind':'Link','metadata':{'name':'b'}}]}} | conversion for example.com/v1, Kind=Link returned invalid converted object at index 1: must have the same name: a != b
            """)
    void brokenAnswers(String answer, String why) {
        client.create(V1, link("v1", "a", "{'address':'h:1'}"));
        reviews.clear();
        converter = review -> json(answer.replace(
                        "UID", review.objectOrEmpty("request").stringOrEmpty("uid")))
                .with("kind", "ConversionReview")
                .with("apiVersion", "apiextensions.k8s.io/v1");
        LocalClient.Answer shown = client.send("GET", V2 + "/a", null, "application/json");
        assertThat(shown.code()).isEqualTo(500);
        assertThat(shown.message())
                .isEqualTo(why.replace(
                        "UID", reviews.get(0).objectOrEmpty("request").stringOrEmpty("uid")));
    }

    @Test
    void watchersSeeTheirVersionAndSlowWebhooksHoldNobodyUp() throws InterruptedException {
        client.create(V1, link("v1", "a", "{'address':'h:1'}"));
        StringBuffer seen = new StringBuffer();
        ApiResponse watch = server.handle(
                ApiRequest.of("GET", V2 + "?watch=true", Headers.of("Accept", "application/json"), new byte[0]));
        assertThat(watch.code()).isEqualTo(200);
        ((ApiResponse.Streaming) watch).chunks().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(List<ByteBuffer> parts) {
                parts.forEach(part -> seen.append(StandardCharsets.UTF_8.decode(part.duplicate())));
            }

            @Override
            public void onError(Throwable failure) {
                seen.append(failure);
            }

            @Override
            public void onComplete() {
                seen.append("END");
            }
        });
        assertThat(seen.toString()).contains("\"ADDED\"").contains("\"port\":1");
        Object held = new Object();
        converter = review -> {
            synchronized (held) {
                return convert(review);
            }
        };
        synchronized (held) {
            assertThat(client.create(V1, link("v1", "b", "{'address':'h:2'}")).code())
                    .as("the webhook hangs, and nobody but its watchers waits")
                    .isEqualTo(201);
            assertThat(client.create(V1, link("v1", "c", "{'address':'h:3'}")).code())
                    .isEqualTo(201);
        }
        await(() -> seen.toString().contains("\"port\":3"));
        assertThat(seen.indexOf("\"port\":2")).isLessThan(seen.indexOf("\"port\":3"));
    }
}
