// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server whose callers may do what roles give them. */
class RolesTest {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    private static final Identity ALICE = Identity.of("alice", "dev", Identity.AUTHENTICATED);

    private final MemoryStore store = MemoryStore.builder().build();
    private ApiServer server = ApiServer.builder().store(store).roles().build();

    @AfterEach
    void close() {
        server.close();
        store.close();
    }

    private record Answer(int code, ObjectValue body) {
        String message() {
            return body.stringOrEmpty("message");
        }
    }

    private Answer send(Identity identity, String method, String path, String body, String... headers) {
        Headers all = Headers.of(headers).with("Content-Type", "application/json");
        ApiResponse answer = server.handle(
                ApiRequest.of(method, path, all, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), identity);
        return new Answer(answer.code(), JsonReader.readObject(((ApiResponse.Complete) answer).body()));
    }

    private Answer admin(String method, String path, String body) {
        return send(Identity.LOOPBACK, method, path, body);
    }

    private Answer get(Identity identity, String path) {
        return send(identity, "GET", path, "");
    }

    /** Roles are followed, not asked: what was written holds a moment later. */
    private Answer eventually(Identity identity, String path, Predicate<Answer> good) throws InterruptedException {
        Answer answer = get(identity, path);
        for (int i = 0; i < 2000 && !good.test(answer); i++) {
            Thread.sleep(1);
            answer = get(identity, path);
        }
        assertThat(answer).matches(good);
        return answer;
    }

    @Test
    void theDefaultsAreThere() {
        assertThat(get(Identity.LOOPBACK, RBAC + "/clusterroles")
                        .body()
                        .arrayOrEmpty("items")
                        .size())
                .isEqualTo(73);
        assertThat(get(Identity.LOOPBACK, RBAC + "/clusterrolebindings")
                        .body()
                        .arrayOrEmpty("items")
                        .size())
                .isEqualTo(54);
        assertThat(get(ALICE, "/apis").code()).isEqualTo(200);
        assertThat(get(Identity.ANONYMOUS, "/healthz/").code()).isEqualTo(403);
        assertThat(get(Identity.ANONYMOUS, "/version").code()).isEqualTo(200);
        assertThat(get(Identity.ANONYMOUS, "/apis").message())
                .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"/apis\"");
    }

    @Test
    void objectsOfTheStartAreAsIfMadeThroughTheDoor() {
        for (String path : List.of(
                RBAC + "/clusterroles/edit",
                RBAC + "/clusterroles/system:discovery",
                RBAC + "/clusterrolebindings/system:kube-dns",
                RBAC + "/namespaces/kube-system/roles/system:controller:token-cleaner",
                "/apis/apiregistration.k8s.io/v1/apiservices/v1.apps",
                "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations/workload-low")) {
            ObjectValue made = get(Identity.LOOPBACK, path).body();
            assertThat(admin("DELETE", path, "").code()).isEqualTo(200);
            ObjectValue sent = made.withoutAt("metadata", "managedFields").withoutAt("metadata", "resourceVersion");
            Answer again = send(
                    Identity.LOOPBACK,
                    "POST",
                    path.substring(0, path.lastIndexOf('/')),
                    sent.toString(),
                    "User-Agent",
                    made.objectOrEmpty("metadata")
                            .arrayOrEmpty("managedFields")
                            .objectAt(0)
                            .stringOrEmpty("manager"));
            assertThat(timeless(again.body())).as(path).isEqualTo(timeless(made));
            assertThat(timeless(again.body()).toString())
                    .as(path)
                    .isEqualTo(timeless(made).toString());
        }
    }

    private static ObjectValue timeless(ObjectValue object) {
        String text = object.withoutAt("metadata", "uid")
                .withoutAt("metadata", "resourceVersion")
                .toString()
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", "T");
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRoleGivesWhatItSaysUntilItIsTakenBack() throws InterruptedException {
        String roles = RBAC + "/namespaces/default/roles";
        String bindings = RBAC + "/namespaces/default/rolebindings";
        admin(
                "POST",
                roles,
                "{'metadata':{'name':'r'},'rules':[{'apiGroups':[''],'resources':['secrets'],'verbs':['list']}]}");
        admin(
                "POST",
                bindings,
                "{'metadata':{'name':'b'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'r'},"
                        + "'subjects':[{'kind':'Group','apiGroup':'rbac.authorization.k8s.io','name':'dev'}]}");
        String secrets = "/api/v1/namespaces/default/secrets";
        eventually(ALICE, secrets, answer -> answer.code() == 200);
        assertThat(get(ALICE, "/api/v1/namespaces/kube-system/secrets").code()).isEqualTo(403);
        assertThat(get(ALICE, "/api/v1/secrets").code()).isEqualTo(403);
        assertThat(get(Identity.of("bob", Identity.AUTHENTICATED), secrets).code())
                .isEqualTo(403);
        admin("DELETE", roles + "/r", "");
        Answer missing = eventually(ALICE, secrets, answer -> answer.code() == 403);
        assertThat(missing.message())
                .endsWith("in the namespace \"default\": rbac: RBAC: role.rbac.authorization.k8s.io \"r\" not found");
        admin("DELETE", bindings + "/b", "");
        eventually(ALICE, secrets, answer -> !answer.message().contains("RBAC"));
    }

    @Test
    void whatWasTakenFromADefaultIsGivenBackAtTheNextStart() {
        String role = RBAC + "/clusterroles/system:basic-user";
        String kept = RBAC + "/clusterroles/system:discovery";
        admin(
                "PUT",
                role,
                "{'metadata':{'name':'system:basic-user'},'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]}");
        admin(
                "PUT",
                kept,
                "{'metadata':{'name':'system:discovery','annotations':{'rbac.authorization.kubernetes.io/autoupdate':"
                        + "'false'}},'rules':[{'nonResourceURLs':['/x'],'verbs':['get']}]}");
        admin("DELETE", RBAC + "/clusterroles/view", "");
        server.close();
        server = ApiServer.builder().store(store).roles().build();
        ObjectValue repaired = get(Identity.LOOPBACK, role).body();
        assertThat(repaired.arrayOrEmpty("rules").size())
                .isEqualTo(4); // its own one and, in parts, the three lost ones
        assertThat(repaired.objectAt("metadata", "labels").strings())
                .containsEntry("kubernetes.io/bootstrapping", "rbac-defaults");
        assertThat(get(Identity.LOOPBACK, kept).body().arrayOrEmpty("rules").size())
                .isEqualTo(1);
        assertThat(get(Identity.LOOPBACK, RBAC + "/clusterroles/view").code()).isEqualTo(200);
    }

    @Test
    void actingAsSomebodyElse() {
        String who = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
        Answer jane = send(Identity.LOOPBACK, "POST", who, "{}", "Impersonate-User", "jane");
        assertThat(jane.body().objectAt("status", "userInfo").stringOrEmpty("username"))
                .isEqualTo("jane");
        Answer refused = send(ALICE, "POST", who, "{}", "Impersonate-User", "jane");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo("selfsubjectreviews.authentication.k8s.io is forbidden: User \"alice\" cannot"
                        + " impersonate-on:user-info:create resource \"selfsubjectreviews\" in API group"
                        + " \"authentication.k8s.io\" at the cluster scope");
        Answer masters = send(ALICE, "POST", who, "{}", "Impersonate-User", "x", "Impersonate-Group", Identity.MASTERS);
        assertThat(masters.code()).isEqualTo(403);
    }
}
