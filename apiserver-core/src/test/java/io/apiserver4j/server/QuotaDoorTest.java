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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas through the whole corridor. */
class QuotaDoorTest {
    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
    private static final String QUOTA = "/api/v1/namespaces/shop/resourcequotas/q";

    private final ApiServer server = ApiServer.builder().build();

    @BeforeEach
    void aQuota() {
        send("POST", "/api/v1/namespaces", "{'metadata':{'name':'shop'}}", "application/json");
        send(
                "POST",
                "/api/v1/namespaces/shop/resourcequotas",
                "{'metadata':{'name':'q'},'spec':{'hard':{'count/configmaps':'10'}}}",
                "application/json");
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

    private ObjectValue create(String query, int number) {
        return send("POST", MAPS + query, "{'metadata':{'name':'m" + number + "'}}", "application/json");
    }

    private void limit(int used) {
        send(
                "PATCH",
                QUOTA + "/status",
                "{'status':{'hard':{'count/configmaps':'10'},'used':{'count/configmaps':'" + used + "'}}}",
                "application/merge-patch+json");
    }

    private String used() {
        return send("GET", QUOTA, "", "application/json")
                .objectAt("status", "used")
                .stringOrEmpty("count/configmaps");
    }

    @Test
    void quotasWithoutStatusLimitNothing() {
        assertThat(create("", 1).stringOrEmpty("kind")).isEqualTo("ConfigMap");
        assertThat(used()).isEmpty();
    }

    @Test
    void manyAtOnceTakeNoMoreThanThereIs() {
        limit(0);
        long made = IntStream.range(0, 30)
                .parallel()
                .mapToObj(number -> create("", number))
                .filter(answer -> answer.stringOrEmpty("kind").equals("ConfigMap"))
                .count();
        assertThat(made).isEqualTo(10);
        assertThat(used()).isEqualTo("10");
        assertThat(create("", 99).stringOrEmpty("message"))
                .isEqualTo("configmaps \"m99\" is forbidden: exceeded quota: q, requested: count/configmaps=1, used:"
                        + " count/configmaps=10, limited: count/configmaps=10");
    }

    @Test
    void dryRunsAreLookedAtAndTakeNothing() {
        limit(9);
        assertThat(create("?dryRun=All", 1).stringOrEmpty("kind")).isEqualTo("ConfigMap");
        assertThat(used()).isEqualTo("9");
        limit(10);
        assertThat(create("?dryRun=All", 1).stringOrEmpty("message")).contains("exceeded quota: q");
    }
}
