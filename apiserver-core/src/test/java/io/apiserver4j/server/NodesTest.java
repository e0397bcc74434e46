// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nodes may read (mode Node) and write (plugin NodeRestriction). */
class NodesTest {
    private static final String DEFAULT = "/api/v1/namespaces/default";
    private static final Identity N1 = Identity.of("system:node:n1", "system:nodes", Identity.AUTHENTICATED);
    private static final Identity ADMIN = Identity.of("admin", Identity.MASTERS, Identity.AUTHENTICATED);
    private static ApiServer server;
    private static String podUid = "";

    private record Answer(int code, ObjectValue body) {
        String message() {
            return body.stringOrEmpty("message");
        }
    }

    @BeforeAll
    static void start() {
        ApiServerSettings standard = ApiServerSettings.STANDARD;
        server = ApiServer.builder()
                .settings(new ApiServerSettings(
                        standard.maxRequestsInflight(),
                        standard.maxMutatingRequestsInflight(),
                        standard.requestTimeout(),
                        standard.minRequestTimeout(),
                        Set.of("NodeRestriction"),
                        Set.of("ServiceAccount"),
                        300,
                        300,
                        standard.serviceClusterIpRanges(),
                        standard.serviceNodePorts(),
                        standard.advertiseAddress(),
                        standard.securePort(),
                        Set.of(),
                        ""))
                .authorizers(builtin ->
                        new AuthorizerChain(List.of(Authorizers.masters(), builtin.nodes(), builtin.roles())))
                .build();
        for (String node : List.of("n1", "n2")) {
            send(ADMIN, "POST", "/api/v1/nodes", "{'metadata':{'name':'" + node + "'}}");
            send(ADMIN, "POST", DEFAULT + "/serviceaccounts", "{'metadata':{'name':'sa-" + node + "'}}");
            Answer pod = send(ADMIN, "POST", DEFAULT + "/pods", pod(node));
            assertThat(pod.code()).as(pod.message()).isEqualTo(201);
            if (node.equals("n1")) {
                podUid = pod.body().objectOrEmpty("metadata").stringOrEmpty("uid");
            }
            send(ADMIN, "POST", "/api/v1/persistentvolumes", volume(node));
        }
    }

    private static String pod(String node) {
        return "{'metadata':{'name':'p-NODE'},'spec':{'nodeName':'NODE','serviceAccountName':'sa-NODE','volumes':["
                        .replace("NODE", node)
                + "{'name':'a','secret':{'secretName':'vol-NODE'}},{'name':'b','configMap':{'name':'map-NODE'}},"
                        .replace("NODE", node)
                + ("{'name':'c','persistentVolumeClaim':{'claimName':'claim-NODE'}},{'name':'t','projected':{'sources':["
                                + "{'serviceAccountToken':{'path':'x','audience':'vault'}}]}}],'containers':[{'name':'c',"
                                + "'image':'i','envFrom':[{'secretRef':{'name':'env-NODE'}}]}]}}")
                        .replace("NODE", node);
    }

    private static String volume(String node) {
        return ("{'metadata':{'name':'pv-NODE'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],"
                        + "'claimRef':{'namespace':'default','name':'claim-NODE'},'csi':{'driver':'d','volumeHandle':'h',"
                        + "'nodeStageSecretRef':{'namespace':'kube-system','name':'stage-NODE'},"
                        + "'controllerPublishSecretRef':{'namespace':'kube-system','name':'publish-NODE'}}}}")
                .replace("NODE", node);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer send(Identity identity, String method, String path, String body) {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        ApiResponse answer = server.handle(
                ApiRequest.of(
                        method,
                        path,
                        Headers.of("Content-Type", type),
                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                identity);
        return new Answer(answer.code(), JsonReader.readObject(((ApiResponse.Complete) answer).body()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/namespaces/default/secrets/vol-n1|404|secrets \"vol-n1\" not found",
                "/api/v1/namespaces/default/secrets/env-n1|404|not found",
                "/api/v1/namespaces/kube-system/secrets/stage-n1|404|not found",
                "/api/v1/namespaces/kube-system/secrets/publish-n1|403|node: no relationship found between node 'n1' and this",
                "/api/v1/namespaces/kube-system/secrets/stage-n2|403|no relationship",
                "/api/v1/namespaces/default/secrets/vol-n2|403|no relationship",
                "/api/v1/namespaces/other/secrets/vol-n1|403|no relationship",
                "/api/v1/namespaces/default/secrets|403|node: No Object name found",
                "/api/v1/namespaces/default/secrets?fieldSelector=metadata.name%3Dvol-n1|200|``",
                "/api/v1/namespaces/default/secrets?fieldSelector=metadata.name%3Dvol-n2|403|secrets \"vol-n2\" is forbidden",
                "/api/v1/secrets|403|node: can only read namespaced object of this type",
                "/api/v1/namespaces/default/configmaps/map-n1|404|not found",
                "/api/v1/namespaces/default/configmaps/map-n2|403|no relationship",
                "/api/v1/namespaces/default/persistentvolumeclaims/claim-n1|404|not found",
                "/api/v1/namespaces/default/persistentvolumeclaims/claim-n2|403|no relationship",
                "/api/v1/namespaces/default/persistentvolumeclaims|403|node: can only get individual resources of this type",
                "/api/v1/persistentvolumes/pv-n1|200|``",
                "/api/v1/persistentvolumes/pv-n2|403|no relationship",
                "/api/v1/namespaces/default/pods/p-n1|200|``",
                "/api/v1/namespaces/default/pods/p-n2|403|no relationship",
                "/api/v1/pods|403|node: can only list/watch pods with spec.nodeName field selector",
                "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1|200|``",
                "/api/v1/pods?fieldSelector=spec.nodeName!%3Dn1|403|spec.nodeName",
                "/api/v1/pods?fieldSelector=spec.nodeName%3Dn2|403|spec.nodeName",
                "/api/v1/nodes/n1|200|``",
                "/api/v1/nodes/n2|403|node: node 'n1' cannot read 'n2', only its own Node object",
                "/api/v1/nodes|403|node: node 'n1' cannot read all nodes, only its own Node object",
                "/api/v1/services|200|``",
                "/api/v1/namespaces/default/serviceaccounts/sa-n1|200|``",
                "/api/v1/namespaces/default/serviceaccounts/sa-n2|403|no relationship",
                "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1|404|not found",
                "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n2|403|can only access node lease with the same",
                "/apis/coordination.k8s.io/v1/namespaces/default/leases/n1|403|can only access leases in the \"kube-node-lease\"",
                "/apis/storage.k8s.io/v1/csinodes/n2|403|node: can only access CSINode with the same name as the requesting node",
                "/apis/resource.k8s.io/v1/resourceslices|403|resourceslices with nodeName field selector",
                "/apis/resource.k8s.io/v1/resourceslices?fieldSelector=spec.nodeName%3Dn1|200|``",
                "/apis/apps/v1/deployments|403|cannot list resource \"deployments\"",
            })
    void nodesReadWhatTheirPodsNeed(String path, int code, String text) {
        Answer answer = send(N1, "GET", path, "");
        assertThat(answer.code()).as(answer.message()).isEqualTo(code);
        assertThat(answer.message()).contains(text);
    }

    @Test
    void whatAPodNeedsEndsWithIt() {
        String pods = DEFAULT + "/pods";
        send(
                ADMIN,
                "POST",
                pods,
                "{'metadata':{'name':'short'},'spec':{'nodeName':'n1','containers':[{'name':'c','image':'i'}],"
                        + "'imagePullSecrets':[{'name':'pull'}]}}");
        assertThat(send(N1, "GET", DEFAULT + "/secrets/pull", "").code()).isEqualTo(404);
        send(ADMIN, "DELETE", pods + "/short", "{'gracePeriodSeconds':0}");
        assertThat(send(N1, "GET", DEFAULT + "/secrets/pull", "").code()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST|/api/v1/nodes|{'metadata':{'name':'n3'}}|node \"n1\" is not allowed to modify node \"n3\"",
                "PATCH|/api/v1/nodes/n1|{'spec':{'taints':[{'key':'a','effect':'NoSchedule'}]}}|not allowed to modify taints",
                "PATCH|/api/v1/nodes/n1|{'metadata':{'labels':{'node-restriction.kubernetes.io/a':'b'}}}|"
                        + "is not allowed to modify labels: node-restriction.kubernetes.io/a",
                "PATCH|/api/v1/nodes/n1|{'metadata':{'labels':{'kubernetes.io/role':'b'}}}|kubernetes.io/role",
                "PATCH|/api/v1/nodes/n2/status|{'status':{'phase':'Running'}}|not allowed to modify node \"n2\"",
                "POST|/api/v1/namespaces/default/pods|{'metadata':{'name':'x'},'spec':{'containers':[{'name':'c','image':'i'}]}}|"
                        + "annotation, node \"n1\" can only create mirror pods",
                "DELETE|/api/v1/namespaces/default/pods/p-n2|{}|can only delete pods with spec.nodeName set to itself",
                "PATCH|/api/v1/namespaces/default/pods/p-n2/status|{'status':{'phase':'Running'}}|"
                        + "node \"n1\" can only update pod status for pods with spec.nodeName set to itself",
                "POST|/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases|{'metadata':{'name':'n2'}}|"
                        + "can only access node lease with the same name as the requesting node",
                "POST|/apis/storage.k8s.io/v1/csinodes|{'metadata':{'name':'n2'},'spec':{'drivers':[]}}|"
                        + "can only access CSINode with the same name as the requesting node",
                "POST|/api/v1/namespaces/default/serviceaccounts/sa-n1/token|{'spec':{}}|node requested token not bound to a pod",
                "POST|/api/v1/namespaces/default/serviceaccounts/sa-n2/token|{'spec':{}}|no relationship found",
            })
    void nodesWriteTheirOwnOnly(String method, String path, String body, String text) {
        Answer answer = send(N1, method, path, body);
        assertThat(answer.code()).as(answer.message()).isEqualTo(403);
        assertThat(answer.message()).contains(text);
    }

    @Test
    void nodesWriteTheirOwn() {
        assertThat(send(
                                N1,
                                "PATCH",
                                "/api/v1/nodes/n1",
                                "{'metadata':{'labels':{'kubernetes.io/hostname':'n1','a':'b'}}}")
                        .code())
                .isEqualTo(200);
        assertThat(send(N1, "PATCH", DEFAULT + "/pods/p-n1/status", "{'status':{'phase':'Running'}}")
                        .code())
                .isEqualTo(200);
        String bound = "'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'p-n1','uid':'" + podUid + "'}";
        String path = DEFAULT + "/serviceaccounts/sa-n1/token";
        assertThat(send(N1, "POST", path, "{'spec':{'audiences':['vault']," + bound + "}}")
                        .code())
                .isEqualTo(201);
        assertThat(send(N1, "POST", path, "{'spec':{'audiences':['other']," + bound + "}}")
                        .message())
                .contains("audience \"other\" not found in pod spec volume");
    }

    @Test
    void signersAreApprovedByWhoMay() {
        Identity approver = Identity.of("approver", Identity.AUTHENTICATED);
        String rbac = "/apis/rbac.authorization.k8s.io/v1/";
        send(
                ADMIN,
                "POST",
                rbac + "clusterroles",
                "{'metadata':{'name':'approver'},'rules':[{'apiGroups':['certificates.k8s.io'],"
                        + "'resources':['certificatesigningrequests/approval'],'verbs':['update']},"
                        + "{'apiGroups':['certificates.k8s.io'],'resources':['signers'],'verbs':['approve'],"
                        + "'resourceNames':['example.com/*']}]}");
        send(
                ADMIN,
                "POST",
                rbac + "clusterrolebindings",
                "{'metadata':{'name':'approver'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
                        + "'kind':'ClusterRole','name':'approver'},'subjects':[{'kind':'User','name':'approver',"
                        + "'apiGroup':'rbac.authorization.k8s.io'}]}");
        for (String signer : List.of("example.com/a", "example.org/a")) {
            String path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
            Answer made = send(ADMIN, "POST", path, CertificateRequests.body(signer, "CN=jane,O=team"));
            assertThat(made.code()).as(made.message()).isEqualTo(201);
            String name = made.body().objectOrEmpty("metadata").stringOrEmpty("name");
            ObjectValue approved = made.body()
                    .with(
                            "status",
                            JsonReader.readObject("{\"conditions\":[{\"type\":\"Approved\",\"status\":\"True\"}]}"
                                    .getBytes(StandardCharsets.UTF_8)));
            Answer answer = send(approver, "PUT", path + "/" + name + "/approval", approved.toString());
            assertThat(answer.code()).as(answer.message()).isEqualTo(signer.startsWith("example.com") ? 200 : 403);
            if (answer.code() == 403) {
                assertThat(answer.message())
                        .contains("user not permitted to approve requests with signerName \"example.org/a\"");
            }
        }
    }

    @Test
    void nobodyAsksForMasters() {
        Answer refused = send(
                ADMIN,
                "POST",
                "/apis/certificates.k8s.io/v1/certificatesigningrequests",
                CertificateRequests.body("kubernetes.io/kube-apiserver-client", "CN=jane,O=system:masters"));
        assertThat(refused.message())
                .contains("use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed");
    }
}
