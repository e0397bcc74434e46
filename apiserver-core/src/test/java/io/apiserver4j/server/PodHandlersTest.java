// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bindings and evictions through the whole corridor. */
class PodHandlersTest {
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String BUDGETS = "/apis/policy/v1/namespaces/shop/poddisruptionbudgets";

    private final ApiServer server = ApiServer.builder().build();

    private record Answer(int code, ObjectValue body) {
        String message() {
            return body.stringOrEmpty("message");
        }

        String cause() {
            return body.objectOrEmpty("details")
                    .arrayOrEmpty("causes")
                    .objectAt(0)
                    .stringOrEmpty("message");
        }
    }

    @BeforeEach
    void aPod() {
        post("/api/v1/namespaces", "{'kind':'Namespace','apiVersion':'v1','metadata':{'name':'shop'}}");
        post(
                "/api/v1/namespaces/shop/serviceaccounts",
                "{'kind':'ServiceAccount','apiVersion':'v1','metadata':{'name':'default'}}");
        post(
                PODS,
                "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'p','labels':{'app':'a'}},"
                        + "'spec':{'containers':[{'name':'c','image':'i'}]}}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer send(String method, String target, String body, String type) {
        ApiResponse answer = server.handle(ApiRequest.of(
                method,
                target,
                Headers.of("Content-Type", type),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return new Answer(answer.code(), JsonReader.readObject(((ApiResponse.Complete) answer).body()));
    }

    private Answer post(String path, String body) {
        return send("POST", path, body, "application/json");
    }

    private Answer patch(String path, String body) {
        return send("PATCH", path, body, "application/merge-patch+json");
    }

    private ObjectValue get(String path) {
        return send("GET", path, "", "application/json").body();
    }

    private Answer bind(String query, String name, String metadata, String target) {
        return post(
                PODS + "/p/binding" + query,
                "{'kind':'Binding','apiVersion':'v1','metadata':{'name':'" + name + "'" + metadata + "},'target':"
                        + target + "}");
    }

    private Answer evict(String query, String more) {
        return post(
                PODS + "/p/eviction" + query,
                "{'kind':'Eviction','apiVersion':'policy/v1','metadata':{'name':'p'}" + more + "}");
    }

    private void running(boolean ready) {
        bind("", "p", "", "{'name':'n'}");
        patch(
                PODS + "/p/status",
                "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'" + (ready ? "True" : "False")
                        + "'}]}}");
    }

    private void budget(String name, String more, String status) {
        post(
                BUDGETS,
                "{'kind':'PodDisruptionBudget','apiVersion':'policy/v1','metadata':{'name':'" + name
                        + "'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'a'}}" + more + "}}");
        patch(BUDGETS + "/" + name + "/status", "{'status':" + status + "}");
    }

    @Test
    void bindingPutsAPodOnANode() {
        Answer answer = bind("", "p", ",'annotations':{'a':'b'},'labels':{'zone':'z'}", "{'kind':'Node','name':'n'}");
        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.body().stringOrEmpty("status")).isEqualTo("Success");
        ObjectValue pod = get(PODS + "/p");
        assertThat(pod.objectOrEmpty("spec").stringOrEmpty("nodeName")).isEqualTo("n");
        assertThat(pod.objectAt("metadata", "annotations").stringOrEmpty("a")).isEqualTo("b");
        assertThat(pod.objectAt("metadata", "labels").strings())
                .containsEntry("zone", "z")
                .containsEntry("app", "a");
        assertThat(pod.objectOrEmpty("metadata").longOr("generation", 0)).isEqualTo(1);
        ObjectValue condition =
                pod.objectOrEmpty("status").arrayOrEmpty("conditions").objectAt(0);
        assertThat(condition.stringOrEmpty("type")).isEqualTo("PodScheduled");
        assertThat(condition.stringOrEmpty("status")).isEqualTo("True");
        Answer again = bind("", "p", "", "{'name':'m'}");
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"n\"");
    }

    @Test
    void olderBindingsNameTheirPodInTheBody() {
        Answer answer = post(
                "/api/v1/namespaces/shop/bindings",
                "{'kind':'Binding','apiVersion':'v1','metadata':{'name':'p','uid':'any'},'target':{'name':'n'}}");
        assertThat(answer.code()).isEqualTo(201);
        assertThat(get(PODS + "/p").objectOrEmpty("spec").stringOrEmpty("nodeName"))
                .isEqualTo("n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        q |                          | {'name':'n'}              | 400 | name in URL does not match name in Binding object
        p |                          | {}                        | 500 | target.name: Required value
        p |                          | {'kind':'Pod','name':'n'} | 500 | target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>"
        p | ,'namespace':'other'     | {'name':'n'}              | 400 | the namespace of the provided object does not match the namespace sent on the request
        p | ,'resourceVersion':'999' | {'name':'n'}              | 409 | Precondition failed: ResourceVersion in precondition: 999, ResourceVersion in object meta:
        """)
    void wrongBindings(String name, String metadata, String target, int code, String message) {
        Answer answer = bind("", name, metadata == null ? "" : metadata, target);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).contains(message);
        assertThat(get(PODS + "/p").objectOrEmpty("spec").has("nodeName")).isFalse();
    }

    @Test
    void aDryRunBindsNothing() {
        assertThat(bind("?dryRun=All", "p", "", "{'name':'n'}").code()).isEqualTo(201);
        assertThat(get(PODS + "/p").objectOrEmpty("spec").has("nodeName")).isFalse();
    }

    @Test
    void aPodThatDoesNotRunGoesAtOnce() {
        budget("b", "", "{'observedGeneration':1,'disruptionsAllowed':0}");
        assertThat(evict("?dryRun=All", "").code()).isEqualTo(201);
        assertThat(evict("", "").code()).isEqualTo(201);
        assertThat(evict("", "").code()).isEqualTo(404);
    }

    @Test
    void withoutABudgetAPodLearnsWhyItGoes() {
        running(true);
        assertThat(evict("", ",'deleteOptions':{'gracePeriodSeconds':5}").code())
                .isEqualTo(201);
        ObjectValue pod = get(PODS + "/p");
        assertThat(pod.objectOrEmpty("metadata").longOr("deletionGracePeriodSeconds", 0))
                .isEqualTo(5);
        ObjectValue why = pod.objectOrEmpty("status").arrayOrEmpty("conditions").objects().stream()
                .filter(one -> one.stringOrEmpty("type").equals("DisruptionTarget"))
                .findFirst()
                .orElseThrow();
        assertThat(why.stringOrEmpty("reason")).isEqualTo("EvictionByEvictionAPI");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'disruptionsAllowed':1} | 429 | The disruption budget b is still being processed by the server.
        {'observedGeneration':1,'currentHealthy':1,'desiredHealthy':1} | 429 | The disruption budget b needs 1 healthy pods and has 1 currently
        {'observedGeneration':1,'currentHealthy':2,'desiredHealthy':1} | 429 | The disruption budget b does not allow evicting pods currently
        {'observedGeneration':1,'currentHealthy':2,'desiredHealthy':1,'conditions':[{'type':'DisruptionAllowed','status':'False','reason':'SyncFailed','message':'boom','lastTransitionTime':'2024-01-01T00:00:00Z'}]} | 429 | The disruption budget b does not allow evicting pods currently because it failed sync: boom
        {'observedGeneration':1,'currentHealthy':2,'desiredHealthy':1,'conditions':[{'type':'DisruptionAllowed','status':'False','reason':'Odd','message':'boom','lastTransitionTime':'2024-01-01T00:00:00Z'}]} | 429 | The disruption budget b does not allow evicting pods currently (Odd): boom
        """)
    void budgetsThatAllowNothing(String status, int code, String cause) {
        running(true);
        budget("b", "", status);
        Answer answer = evict("", "");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(answer.cause()).isEqualTo(cause);
        assertThat(get(PODS + "/p").objectOrEmpty("metadata").has("deletionTimestamp"))
                .isFalse();
    }

    @Test
    void anEvictionTakesFromItsBudget() {
        running(true);
        budget("b", "", "{'observedGeneration':1,'disruptionsAllowed':1,'currentHealthy':2,'desiredHealthy':1}");
        assertThat(evict("?dryRun=All", "").code()).isEqualTo(201);
        assertThat(get(BUDGETS + "/b").objectOrEmpty("status").longOr("disruptionsAllowed", 0))
                .isEqualTo(1);
        assertThat(evict("", "").code()).isEqualTo(201);
        ObjectValue status = get(BUDGETS + "/b").objectOrEmpty("status");
        assertThat(status.longOr("disruptionsAllowed", -1)).isZero();
        assertThat(status.objectOrEmpty("disruptedPods").has("p")).isTrue();
        assertThat(status.arrayOrEmpty("conditions").objectAt(0).stringOrEmpty("reason"))
                .isEqualTo("InsufficientPods");
        assertThat(get(PODS + "/p").objectOrEmpty("metadata").has("deletionTimestamp"))
                .isTrue();
    }

    @Test
    void unreadyPodsGoWhereTheBudgetSaysSo() {
        running(false);
        budget("b", ",'unhealthyPodEvictionPolicy':'AlwaysAllow'", "{'observedGeneration':1}");
        assertThat(evict("", "").code()).isEqualTo(201);
        assertThat(get(BUDGETS + "/b").objectOrEmpty("status").has("disruptedPods"))
                .isFalse();
    }

    @Test
    void severalBudgetsAreNotServed() {
        running(true);
        budget("a", "", "{}");
        budget("b", "", "{}");
        Answer answer = evict("", "");
        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.message()).startsWith("This pod has more than one PodDisruptionBudget");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ?dryRun=All | ,'deleteOptions':{'preconditions':{'uid':'x'}}             | 409 | the UID in the precondition (x) does not match the UID in record
                    | ,'deleteOptions':{'preconditions':{'uid':'x'}}             | 409 | the UID in the precondition (x) does not match the UID in record
                    | ,'deleteOptions':{'preconditions':{'resourceVersion':'1'}} | 409 | the ResourceVersion in the precondition (1) does not match the ResourceVersion in record
                    | ,'deleteOptions':{'ignoreStoreReadErrorWithClusterBreakingPotential':true} | 422 | can not be set for pod eviction, try after removing the option
        """)
    void optionsOfTheDeletionHold(String query, String more, int code, String message) {
        Answer answer = evict(query == null ? "" : query, more);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void anEvictionNamesItsPodTwice() {
        Answer answer =
                post(PODS + "/p/eviction", "{'kind':'Eviction','apiVersion':'policy/v1','metadata':{'name':'q'}}");
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("name in URL does not match name in Eviction object");
    }
}
