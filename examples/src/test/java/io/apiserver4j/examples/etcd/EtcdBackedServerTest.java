// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.EtcdProgram;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.storage.KeyValueStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two servers on a real etcd, where one can be had. */
class EtcdBackedServerTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static String answer(ApiServer server, String method, String path, String body) {
        Headers headers = Headers.of("Content-Type", "application/json");
        ApiResponse answer = server.handle(ApiRequest.of(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
        return answer.code() + " " + new String(((ApiResponse.Complete) answer).body(), StandardCharsets.UTF_8);
    }

    @Test
    void serversComeAndGoAndTheObjectsStay() throws Exception {
        SelfSigned credentials = SelfSigned.ofThisJvm();
        try (EtcdProgram etcd = EtcdProgram.start("", "--unsafe-no-fsync")) {
            String made;
            try (KeyValueStore store = EtcdBackedServer.store(List.of(etcd.endpoint()));
                    ApiServer one = EtcdBackedServer.start(store, credentials)) {
                made = answer(one, "POST", MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
                assertThat(made).startsWith("201 ");
                try (KeyValueStore second = EtcdBackedServer.store(List.of(etcd.endpoint()));
                        ApiServer other = EtcdBackedServer.start(second, credentials)) {
                    assertThat(answer(other, "GET", MAPS + "/a", "")).isEqualTo("200" + made.substring(3));
                }
            }
            try (KeyValueStore store = EtcdBackedServer.store(List.of(etcd.endpoint()));
                    ApiServer again = EtcdBackedServer.start(store, credentials)) {
                assertThat(answer(again, "GET", MAPS + "/a", "")).isEqualTo("200" + made.substring(3));
            }
        }
    }
}
