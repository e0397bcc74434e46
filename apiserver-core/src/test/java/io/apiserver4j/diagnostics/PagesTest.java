// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.discovery.Calls;
import io.apiserver4j.measure.Measures;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.value.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {
    @Test
    void theVersionIsThatOfTheRelease() {
        ApiResponse.Complete answer = Calls.send(new VersionEndpoint(VersionInfo.CURRENT), "GET", "/version");
        assertThat(answer.headers().first("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body())
                .asString(StandardCharsets.UTF_8)
                .startsWith("{\n  \"major\": \"1\",\n  \"minor\": \"37\",\n");
        assertThat(JsonReader.readObject(answer.body()).stringOrEmpty("gitVersion"))
                .isEqualTo("v1.37.2");
        assertThat(JsonReader.readObject(answer.body()).strings())
                .containsOnlyKeys(
                        "major",
                        "minor",
                        "emulationMajor",
                        "emulationMinor",
                        "minCompatibilityMajor",
                        "minCompatibilityMinor",
                        "gitVersion",
                        "gitCommit",
                        "gitTreeState",
                        "buildDate",
                        "goVersion",
                        "compiler",
                        "platform");
    }

    @Test
    void theVersionIsOnlyReadAndOnlyInJson() {
        VersionEndpoint endpoint = new VersionEndpoint(VersionInfo.CURRENT);
        assertThatThrownBy(() -> Calls.send(endpoint, "POST", "/version"))
                .isInstanceOf(ApiException.class)
                .hasMessage("the server does not allow this method on the requested resource");
        assertThatThrownBy(() -> Calls.send(endpoint, "GET", "/version", "Accept", "application/yaml"))
                .isInstanceOf(ApiException.class)
                .hasMessage("406: Not Acceptable\n\nAvailable representations: application/json");
    }

    @Test
    void theIndexIsSorted() {
        ApiResponse.Complete answer = Calls.send(new RootIndex(() -> List.of("/version", "/api")), "GET", "/");
        assertThat(answer.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\n  \"paths\": [\n    \"/api\",\n    \"/version\"\n  ]\n}");
    }

    @Test
    void metricsTellOfTheProcess() {
        Measures measures = new Measures();
        ProcessMeasures.addTo(measures, VersionInfo.CURRENT);
        ApiResponse.Complete answer = Calls.send(new MetricsEndpoint(measures), "GET", "/metrics");
        assertThat(answer.headers().firstOrEmpty("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .asString(StandardCharsets.UTF_8)
                .contains("# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total ")
                .contains("kubernetes_build_info{git_version=\"v1.37.2\",major=\"1\",minor=\"37\"} 1\n");
    }
}
