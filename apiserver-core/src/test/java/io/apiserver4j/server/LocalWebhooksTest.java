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
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks that are functions of this process, through the door. */
class LocalWebhooksTest {
    private static final String CONFIGURATIONS = "/apis/admissionregistration.k8s.io/v1/";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final Map<String, LocalEndpoint> hooks = new ConcurrentHashMap<>();
    private final List<ObjectValue> reviews = Collections.synchronizedList(new ArrayList<>());
    private final List<String> warnings = new ArrayList<>();
    private ApiServer server;
    private LocalClient client;

    @BeforeEach
    void start() {
        OutboundSettings outbound = OutboundSettings.STANDARD;
        for (String name : List.of("a", "b", "c", "d")) {
            outbound = outbound.withLocal("https://hooks.local/" + name, review -> {
                reviews.add(review);
                return hooks.getOrDefault(name, Reviews::allow).answer(review);
            });
        }
        server = ApiServer.builder().outbound(outbound).build();
        client = new LocalClient(this::call, "test");
    }

    private ApiResponse call(ApiRequest request) {
        ApiResponse response = server.handle(request);
        warnings.addAll(response.headers().all("Warning"));
        return response;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String rule(String operations, String group, String resources) {
        return "'rules':[{'operations':[" + operations + "],'apiGroups':['" + group
                + "'],'apiVersions':['v1'],'resources':[" + resources + "]}]";
    }

    private void configure(String kind, String name, String more) {
        configure(kind, name, rule("'*'", "", "'configmaps'"), more);
    }

    private void configure(String kind, String name, String rules, String more) {
        LocalClient.Answer answer = client.create(
                CONFIGURATIONS + kind + "webhookconfigurations",
                json("{'metadata':{'name':'" + name + "'},'webhooks':[{'name':'" + name + ".example.com',"
                        + "'clientConfig':{'url':'https://hooks.local/" + name + "'},'sideEffects':'None',"
                        + "'admissionReviewVersions':['v1']," + rules + (more.isEmpty() ? "" : "," + more) + "}]}"));
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
    }

    private static ObjectValue map(String name) {
        return json("{'metadata':{'name':'" + name + "'},'data':{'k':'v'}}");
    }

    private static LocalEndpoint adds(String path, String value) {
        return review -> Reviews.patch(
                review,
                ArrayValue.of(ObjectValue.builder()
                        .put("op", "add")
                        .put("path", path)
                        .put("value", value)
                        .build()));
    }

    private List<String> called() {
        return reviews.stream()
                .map(review -> review.objectOrEmpty("request").stringOrEmpty("operation"))
                .toList();
    }

    @Test
    void aPatchChangesWhatIsKept() {
        hooks.put("a", adds("/data/added", "yes"));
        configure("mutating", "a", "");

        LocalClient.Answer made = client.create(MAPS, map("m"));

        assertThat(made.body().get("data")).isEqualTo(json("{'added':'yes','k':'v'}"));
        ObjectValue review = reviews.get(0);
        ObjectValue request = review.objectOrEmpty("request");
        assertThat(review.stringOrEmpty("apiVersion")).isEqualTo("admission.k8s.io/v1");
        assertThat(request.objectOrEmpty("object").objectOrEmpty("metadata").has("uid"))
                .as("a mutating webhook sees an object that has no uid yet")
                .isFalse();
        assertThat(request.without("uid").without("object"))
                .isEqualTo(json("{'kind':{'group':'','version':'v1','kind':'ConfigMap'},"
                        + "'resource':{'group':'','version':'v1','resource':'configmaps'},"
                        + "'requestKind':{'group':'','version':'v1','kind':'ConfigMap'},"
                        + "'requestResource':{'group':'','version':'v1','resource':'configmaps'},"
                        + "'name':'m','namespace':'default','operation':'CREATE',"
                        + "'userInfo':{'username':'system:apiserver','groups':['system:authenticated',"
                        + "'system:masters']},'oldObject':null,'dryRun':false,'options':{'kind':'CreateOptions',"
                        + "'apiVersion':'meta.k8s.io/v1','fieldValidation':'Warn'}}"));
    }

    @Test
    void everyWriteIsSeen() {
        configure("validating", "a", "");
        client.create(MAPS, map("m"));
        client.patch(MAPS + "/m", json("{'data':{'k':'w'}}"));
        client.patch(MAPS + "/m", json("{}"));
        client.delete(MAPS + "/m", null);
        assertThat(called()).containsExactly("CREATE", "UPDATE", "UPDATE", "DELETE");
        ObjectValue deletion = reviews.get(3).objectOrEmpty("request");
        assertThat(deletion.get("object")).isEqualTo(Value.nul());
        assertThat(deletion.at("oldObject", "data", "k")).isEqualTo(Value.of("w"));
        assertThat(deletion.at("oldObject", "metadata", "uid")).isNotNull();
    }

    @Test
    void refusalsAndWarnings() {
        hooks.put("a", review -> Reviews.warn(Reviews.deny(review, 418, "no tea"), "careful"));
        configure("validating", "a", "");
        LocalClient.Answer denied = client.create(MAPS, map("m"));
        assertThat(denied.code()).isEqualTo(418);
        assertThat(denied.message()).isEqualTo("admission webhook \"a.example.com\" denied the request: no tea");
        assertThat(warnings).containsExactly("299 - \"careful\"");
        hooks.put("a", review -> Reviews.deny(review, 0, ""));
        assertThat(client.create(MAPS, map("m")).body())
                .isEqualTo(json("{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Failure','message':"
                        + "'admission webhook \\\"a.example.com\\\" denied the request without explanation',"
                        + "'code':400}"));
        assertThat(client.get(MAPS + "/m")).isNull();
    }

    @Test
    void conditionsKeepWebhooksFromBeingCalled() {
        configure(
                "validating",
                "a",
                "'matchConditions':[{'name':'named','expression':'object.metadata.name.startsWith(\\\"x\\\")'},"
                        + "{'name':'data','expression':'object.data.k == \\\"v\\\"'}]");
        client.create(MAPS, map("m"));
        assertThat(reviews).isEmpty();
        client.create(MAPS, map("x"));
        assertThat(reviews).hasSize(1);
        assertThat(client.create(MAPS, json("{'metadata':{'name':'xy'}}")).message())
                .startsWith("configmaps \"xy\" is forbidden: ")
                .contains("no such key: data");
        assertThat(client.create(MAPS, json("{'metadata':{'name':'n'}}")).code())
                .as("what one condition says is enough, whatever another fails with")
                .isEqualTo(201);
    }

    @Test
    void scalesAndConnectionsAreSeenAsWhatTheyAre() {
        String sets = "/apis/apps/v1/namespaces/default/replicasets";
        String template = "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}";
        LocalClient.Answer made = client.create(
                sets,
                json("{'metadata':{'name':'s'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':" + template
                        + "}}"));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        hooks.put(
                "a",
                review -> Reviews.patch(
                        review, ArrayValue.of(json("{'op':'replace','path':'/spec/replicas','value':4}"))));
        configure("mutating", "a", rule("'*'", "apps", "'replicasets/scale'"), "");
        client.patch(sets + "/s/scale", json("{'spec':{'replicas':3}}"));
        assertThat(client.get(sets + "/s").at("spec", "replicas")).isEqualTo(Value.of(4));
        ObjectValue request = reviews.get(0).objectOrEmpty("request");
        assertThat(request.at("kind", "kind")).isEqualTo(Value.of("Scale"));
        assertThat(request.at("object", "spec", "replicas")).isEqualTo(Value.of(3));
        assertThat(request.at("oldObject", "spec", "replicas")).isEqualTo(Value.of(1));
        reviews.clear();
        hooks.put("b", review -> Reviews.deny(review, 403, "no shell"));
        configure("validating", "b", rule("'CONNECT'", "", "'pods/exec'"), "");
        assertThat(client.send(
                                "POST",
                                "/api/v1/namespaces/default/pods/p/exec?command=sh&command=-c&stdout=true",
                                null,
                                "application/json")
                        .message())
                .isEqualTo("admission webhook \"b.example.com\" denied the request: no shell");
        assertThat(reviews.get(0).at("request", "object"))
                .isEqualTo(json("{'kind':'PodExecOptions','apiVersion':'v1','stdout':true,'command':['sh','-c']}"));
    }

    @Test
    void dryRunsAreForThoseWithoutEffects() {
        configure("mutating", "a", "");
        assertThat(client.create(MAPS + "?dryRun=All", map("m")).code()).isEqualTo(201);
        assertThat(reviews.get(0).at("request", "dryRun")).isEqualTo(Value.of(true));
        ObjectValue configuration = json("{'webhooks':[{'name':'a.example.com','clientConfig':"
                + "{'url':'https://hooks.local/a'},'sideEffects':'Some','admissionReviewVersions':['v1beta1'],"
                + rule("'*'", "", "'configmaps'") + "}]}");
        LocalClient.Answer changed = client.patch(CONFIGURATIONS + "mutatingwebhookconfigurations/a", configuration);
        assertThat(changed.code()).as(changed.message()).isEqualTo(422); // side effects of another kind are of v1beta1
        assertThat(client.create(MAPS + "?dryRun=All", map("m")).code()).isEqualTo(201);
    }

    @Test
    void anEarlierOneIsAskedAgainWhenALaterOneChangedSomething() {
        hooks.put("b", adds("/data/b", "1"));
        configure("mutating", "a", "'reinvocationPolicy':'IfNeeded'");
        configure("mutating", "b", "");
        client.create(MAPS, map("m"));
        assertThat(reviews).hasSize(3);
        assertThat(reviews.get(2).at("request", "object", "data")).isEqualTo(json("{'b':'1','k':'v'}"));
    }

    @Test
    void generatedNamesAreKnownToValidatingOnes() {
        configure("mutating", "a", "");
        configure("validating", "b", "");
        client.create(MAPS, json("{'metadata':{'generateName':'m-'}}"));
        assertThat(reviews.get(0).objectOrEmpty("request").has("name")).isFalse();
        assertThat(reviews.get(1).objectOrEmpty("request").stringOrEmpty("name"))
                .startsWith("m-");
        assertThat(reviews.get(1).at("request", "object", "metadata", "uid")).isNotNull();
    }

    @Test
    void deletionsCanBeRefusedAndNotChanged() {
        client.create(MAPS, map("m"));
        hooks.put("a", adds("/data/x", "1"));
        configure("mutating", "a", rule("'DELETE'", "", "'configmaps'"), "");
        assertThat(client.delete(MAPS + "/m", null).message())
                .isEqualTo("Internal error occurred: admission webhook \"a.example.com\" attempted to modify the"
                        + " object, which is not supported for this operation");
        hooks.put("a", review -> Reviews.deny(review, 403, "stays"));
        assertThat(client.send("DELETE", MAPS, null, "application/json").message())
                .isEqualTo("admission webhook \"a.example.com\" denied the request: stays");
        assertThat(client.get(MAPS + "/m")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                   | received invalid webhook response: webhook response was absent
            {'response':{'uid':'x'}}             | received invalid webhook response: expected response.uid="UID", got "x"
            {'response':{'uid':'UID'}}           | received invalid webhook response: expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind=
            {'response':{'uid':'UID','patch':'W10='},KIND} | received invalid webhook response: webhook returned response.patch but not response.patchType
            {'response':{'uid':'UID','patchType':'JSONPatch'},KIND} | received invalid webhook response: webhook returned response.patchType but not response.patch
            {'response':{'uid':'UID','allowed':true,'patch':'eA==','patchType':'JSONPatch'},KIND} | received undecodable patch in webhook response: invalid character 'x' looking for beginning of value
            {'response':{'uid':'UID','allowed':true,'patch':'W3t9XQ==','patchType':'Strange'},KIND} | unsupported patch type "Strange"
            """)
    void brokenAnswersCountAsFailedCalls(String answer, String why) {
        hooks.put(
                "a",
                review -> json(answer.replace("UID", uid(review))
                        .replace("KIND", "'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1'")));
        configure("mutating", "a", "");
        LocalClient.Answer made = client.create(MAPS, map("m"));
        assertThat(made.code()).isEqualTo(500);
        assertThat(made.message())
                .isEqualTo("Internal error occurred: failed calling webhook \"a.example.com\": "
                        + why.replace("UID", uid(reviews.get(0))));
    }

    private static String uid(ObjectValue review) {
        return review.objectOrEmpty("request").stringOrEmpty("uid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [{'op':'remove','path':'/data/x'}]          | error in remove for path: '/data/x': Unable to remove nonexistent key: x: missing value
            [{'op':'add','path':'/spec/x/y','value':1}] | add operation does not apply: doc is missing path: "/spec/x/y": missing value
            [{'op':'test','path':'/data/k','value':1}]  | testing path /data/k failed: test failed
            [{'op':'hop','path':'/data/k'}]             | Unexpected kind: hop
            [{'op':'add','path':'/data/k','value':7}]   | json: cannot unmarshal number into Go struct field ConfigMap.data of type string
            """)
    void patchesThatDoNotApply(String patch, String why) {
        Value operations = JsonReader.read(patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        hooks.put("a", review -> Reviews.patch(review, (ArrayValue) operations));
        configure("mutating", "a", "");
        assertThat(client.create(MAPS, map("m")).message()).isEqualTo("Internal error occurred: " + why);
    }

    @Test
    void failuresMayBeIgnored() {
        hooks.put("a", review -> {
            throw new IllegalStateException("boom");
        });
        configure("mutating", "a", "'failurePolicy':'Ignore'");
        configure("validating", "b", "");
        hooks.put("b", review -> {
            throw new IllegalStateException("bang");
        });
        assertThat(client.create(MAPS, map("m")).message())
                .isEqualTo("Internal error occurred: failed calling webhook \"b.example.com\": failed to call webhook:"
                        + " Post \"https://hooks.local/b\": java.lang.IllegalStateException: bang");
        client.delete(CONFIGURATIONS + "validatingwebhookconfigurations/b", null);
        assertThat(client.create(MAPS, map("m")).code()).isEqualTo(201);
    }

    @Test
    void hangingOnesAreLeftBehind() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        hooks.put("a", review -> {
            end.await();
            return Reviews.allow(review);
        });
        configure("validating", "a", "'timeoutSeconds':1");
        try {
            assertThat(client.create(MAPS, map("m")).message()).endsWith("context deadline exceeded");
        } finally {
            end.countDown();
        }
    }

    @Test
    void validatingOnesAreAskedSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        LocalEndpoint meets = review -> {
            both.countDown();
            both.await();
            return Reviews.allow(review);
        };
        hooks.put("a", meets);
        hooks.put("b", meets);
        configure("validating", "a", "");
        configure("validating", "b", "");
        assertThat(client.create(MAPS, map("m")).code()).isEqualTo(201);
    }

    @Test
    void configurationsThemselvesAndOtherVersions() {
        hooks.put("a", review -> Reviews.deny(review, 403, "nothing passes"));
        configure("validating", "a", rule("'*'", "*", "'*/*'").replace("'v1'", "'*'"), "");
        assertThat(client.create(MAPS, map("m")).code()).isEqualTo(403);
        assertThat(client.patch("/api/v1/namespaces/default", json("{'metadata':{'labels':{'x':'1'}}}"))
                        .code())
                .isEqualTo(403);
        assertThat(reviews.get(1).at("request", "namespace")).isEqualTo(Value.of("default"));
        assertThat(client.delete(CONFIGURATIONS + "validatingwebhookconfigurations/a", null)
                        .code())
                .as("the way out is always open")
                .isEqualTo(200);
        configure("mutating", "b", rule("'*'", "autoscaling", "'horizontalpodautoscalers'"), "");
        hooks.put(
                "b",
                review -> Reviews.patch(
                        review,
                        ArrayValue.of(json("{'op':'add','path':'/spec/targetCPUUtilizationPercentage','value':33}"))));
        LocalClient.Answer made = client.create(
                "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
                json(
                        "{'metadata':{'name':'a'},'spec':{'maxReplicas':3,'scaleTargetRef':{'apiVersion':'x/v1','kind':'X','name':'x'}}}"));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(reviews.get(reviews.size() - 1).at("request", "kind", "version"))
                .isEqualTo(Value.of("v1"));
        assertThat(reviews.get(reviews.size() - 1).at("request", "requestKind", "version"))
                .isEqualTo(Value.of("v2"));
        assertThat(made.body().at("spec", "metrics").toString()).contains("\"averageUtilization\":33");
    }
}
