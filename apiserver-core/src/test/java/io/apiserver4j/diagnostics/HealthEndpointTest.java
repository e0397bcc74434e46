// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.discovery.Calls;
import io.apiserver4j.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HealthEndpointTest {
    private final HealthChecks checks = new HealthChecks();

    private ApiResponse.Complete get(Probe probe, String target) {
        return Calls.send(new HealthEndpoint(checks, probe), "GET", target);
    }

    private static String text(ApiResponse.Complete response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Probe.class)
    void aWellServerSaysSoBriefly(Probe probe) {
        ApiResponse.Complete answer = get(probe, "/" + probe.word());
        assertThat(answer.code()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("ok");
        assertThat(answer.headers().first("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.headers().first("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void readinessHasChecksOfItsOwn() {
        assertThat(text(get(Probe.READYZ, "/readyz?verbose")))
                .startsWith("[+]ping ok\n[+]log ok\n[+]etcd ok\n[+]etcd-readiness ok\n[+]informer-sync ok\n")
                .contains("[+]poststarthook/rbac/bootstrap-roles ok\n")
                .endsWith("[+]poststarthook/apiservice-openapiv3-controller ok\n[+]shutdown ok\nreadyz check passed\n");
        assertThat(text(get(Probe.LIVEZ, "/livez?verbose=true")))
                .startsWith("[+]ping ok\n[+]log ok\n[+]loopback-serving-certificate ok\n[+]etcd ok\n[+]poststarthook/")
                .doesNotContain("shutdown")
                .endsWith("livez check passed\n");
    }

    @Test
    void aFailureIsToldButNotWhy() {
        checks.put("etcd", () -> "connection refused");
        ApiResponse.Complete answer = get(Probe.LIVEZ, "/livez");
        assertThat(answer.code()).isEqualTo(500);
        assertThat(text(answer))
                .contains(
                        "[+]log ok\n[+]loopback-serving-certificate ok\n[-]etcd failed: reason withheld\n[+]poststart")
                .endsWith("\nlivez check failed\n")
                .doesNotContain("refused");
        assertThat(checks.isWell(Probe.LIVEZ)).isFalse();
        assertThat(text(get(Probe.LIVEZ, "/livez/etcd"))).isEqualTo("internal server error: connection refused\n");
        assertThat(get(Probe.LIVEZ, "/livez/etcd").code()).isEqualTo(500);
        assertThat(text(get(Probe.LIVEZ, "/livez/ping"))).isEqualTo("ok");
    }

    @Test
    void checksCanBeLeftOut() {
        checks.put("etcd", () -> "connection refused");
        assertThat(text(get(Probe.LIVEZ, "/livez?exclude=etcd"))).isEqualTo("ok");
        assertThat(text(get(Probe.LIVEZ, "/livez?verbose&exclude=etcd&exclude=none&exclude=other")))
                .contains("[+]etcd excluded: ok\n")
                .endsWith("warn: some health checks cannot be excluded: no matches for \"none\", \"other\"\n"
                        + "livez check passed\n");
    }

    @ParameterizedTest
    @CsvSource({"HEALTHZ,/healthz/none", "HEALTHZ,/healthz/", "LIVEZ,/livez/shutdown", "READYZ,/readyz/etcd/x"})
    void otherNamesAreNotFound(Probe probe, String target) {
        assertThat(get(probe, target).code()).isEqualTo(404);
        assertThat(text(get(probe, target))).isEqualTo("404 page not found\n");
    }

    @Test
    void aStartIsUnwellUntilItIsDone() {
        Runnable done = checks.pending("poststarthook/rbac/bootstrap-roles");
        assertThat(text(get(Probe.READYZ, "/readyz/poststarthook/rbac/bootstrap-roles")))
                .isEqualTo("internal server error: not finished\n");
        done.run();
        assertThat(text(get(Probe.READYZ, "/readyz/poststarthook/rbac/bootstrap-roles")))
                .isEqualTo("ok");
    }

    @Test
    void aStoppingServerIsAliveAndNotReady() {
        checks.stopping();
        assertThat(get(Probe.LIVEZ, "/livez").code()).isEqualTo(200);
        assertThat(get(Probe.READYZ, "/readyz").code()).isEqualTo(500);
    }

    @Test
    void newChecksComeBeforeTheLast() {
        checks.put("mine", EnumSet.of(Probe.READYZ), () -> null);
        assertThat(checks.names(Probe.READYZ)).endsWith("mine", "shutdown");
        assertThat(checks.names(Probe.LIVEZ)).doesNotContain("mine");
    }
}
