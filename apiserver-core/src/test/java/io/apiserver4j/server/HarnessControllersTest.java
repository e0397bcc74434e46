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
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in for the controller manager: the status of quotas, and storage that is let go. */
class HarnessControllersTest {
    private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims";
    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
    private static final String QUOTAS = "/api/v1/namespaces/shop/resourcequotas";
    private static final String JSON = "application/json";

    private final ApiServer server = ApiServer.builder()
            .settings(ApiServerSettings.STANDARD.withControllers(
                    Set.of("namespace", "resourcequota", "storage-protection", "serviceaccount")))
            .bootstrapRoles(false)
            .build();

    @BeforeEach
    void start() {
        send("POST", "/api/v1/namespaces", "{'metadata':{'name':'shop'}}", JSON);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ObjectValue send(String method, String target, String body, String type) {
        ApiResponse answer = server.handle(ApiRequest.of(
                method,
                target,
                Headers.of("Content-Type", type),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return JsonReader.readObject(((ApiResponse.Complete) answer).body());
    }

    private boolean isThere(String path) {
        return !send("GET", path, "", JSON).stringOrEmpty("reason").equals("NotFound");
    }

    private static void eventually(BooleanSupplier wanted) throws InterruptedException {
        for (int i = 0; i < 1000 && !wanted.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(wanted.getAsBoolean()).isTrue();
    }

    private void claim() {
        send(
                "POST",
                CLAIMS,
                "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':"
                        + "{'storage':'1Gi'}}}}",
                JSON);
        assertThat(isThere(CLAIMS + "/c")).isTrue();
    }

    @Test
    void claimsThatNobodyUsesGo() throws InterruptedException {
        claim();
        send("DELETE", CLAIMS + "/c", "", JSON);
        eventually(() -> !isThere(CLAIMS + "/c"));
    }

    @Test
    void claimsStayWhileAPodHasThem() throws InterruptedException {
        claim();
        ObjectValue pod = send(
                "POST",
                "/api/v1/namespaces/shop/pods",
                "{'metadata':{'name':'p'},'spec':{'nodeName':'n','terminationGracePeriodSeconds':0,'containers':"
                        + "[{'name':'c','image':'i'}],'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]}}",
                JSON);
        assertThat(pod.stringOrEmpty("kind")).isEqualTo("Pod");
        send("DELETE", CLAIMS + "/c", "", JSON);
        // a claim that nobody uses, deleted later, goes first
        send(
                "POST",
                CLAIMS,
                "{'metadata':{'name':'d'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':"
                        + "{'storage':'1Gi'}}}}",
                JSON);
        send("DELETE", CLAIMS + "/d", "", JSON);
        eventually(() -> !isThere(CLAIMS + "/d"));
        assertThat(isThere(CLAIMS + "/c")).isTrue();
        send("DELETE", "/api/v1/namespaces/shop/pods/p?gracePeriodSeconds=0", "", JSON);
        eventually(() -> !isThere(CLAIMS + "/c"));
    }

    @Test
    void namespacesWithClaimsGo() throws InterruptedException {
        claim();
        send("DELETE", "/api/v1/namespaces/shop", "", JSON);
        eventually(() -> !isThere("/api/v1/namespaces/shop"));
    }

    @Test
    void quotasAreCountedAndFreed() throws InterruptedException {
        send("POST", MAPS, "{'metadata':{'name':'a'}}", JSON);
        eventually(() -> isThere(MAPS + "/a"));
        long before = send("GET", MAPS, "", JSON).arrayOrEmpty("items").size();
        send("POST", QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'configmaps':'" + (before + 1) + "'}}}", JSON);
        eventually(() -> used().equals(Long.toString(before)));
        ObjectValue second = send("POST", MAPS, "{'metadata':{'name':'b'}}", JSON);
        assertThat(second.stringOrEmpty("kind")).as("%s", second).isEqualTo("ConfigMap");
        assertThat(send("POST", MAPS, "{'metadata':{'name':'c'}}", JSON).stringOrEmpty("message"))
                .contains("exceeded quota: q");
        send("DELETE", MAPS + "/a", "", JSON);
        eventually(() -> used().equals(Long.toString(before)));
        ObjectValue freed = send("POST", MAPS, "{'metadata':{'name':'c'}}", JSON);
        assertThat(freed.stringOrEmpty("kind")).as("%s", freed).isEqualTo("ConfigMap");
    }

    private String used() {
        return send("GET", QUOTAS + "/q", "", JSON).objectAt("status", "used").stringOrEmpty("configmaps");
    }
}
