// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.discovery.Calls;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kube-apiserver v1.37.2 answers at /statusz, /flagz and /debug/pprof. */
class SelfReportTest {
    private static final String WARNING =
            "Warning: This endpoint is not meant to be machine parseable, has no formatting"
                    + " compatibility guarantees and is for debugging purposes only.\n";

    private static StatusPage status() {
        Iterator<Instant> times = List.of(Instant.parse("2026-11-04T15:17:55Z"), Instant.parse("2026-11-05T16:19:58Z"))
                .iterator();
        return new StatusPage(VersionInfo.CURRENT, times::next);
    }

    @Test
    void peopleReadText() {
        assertThat(text(Calls.send(status(), "GET", "/statusz")))
                .isEqualTo("\napiserver statusz\n" + WARNING + "\nStarted: Wed Nov  4 15:17:55 UTC 2026\n"
                        + "Up: 25 hr 02 min 03 sec\nGo version: " + VersionInfo.CURRENT.runtime()
                        + "\nBinary version: 1.37\nEmulation version: 1.37\n"
                        + "Paths: /flagz /healthz /livez /metrics /readyz /statusz /version\n");
        assertThat(text(Calls.send(new FlagsPage(Map.of("b", "[]", "a", "1")), "POST", "/flagz")))
                .isEqualTo("\napiserver flagz\n" + WARNING + "a:1\nb:[]\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "text", textBlock = """
            */*                                                                         | text
            text/*                                                                      | text
            text/plain;q=0                                                              | text
            text/plain;charset=latin1                                                   | text
            application/json,text/plain                                                 | text
            application/json;as=Statusz;v=v1alpha1;g=config.k8s.io                      | application/json;g=config.k8s.io;v=v1alpha1;as=Statusz
            application/json;as=Statusz;v=v1beta1;g=config.k8s.io;pretty=0              | application/json;g=config.k8s.io;v=v1beta1;as=Statusz
            application/yaml;as=Statusz;v=v1beta1;g=config.k8s.io                       | application/yaml;g=config.k8s.io;v=v1beta1;as=Statusz
            */*;as=Statusz;v=v1beta1;g=config.k8s.io                                    | application/json;g=config.k8s.io;v=v1beta1;as=Statusz
            application/*;as=Statusz;v=v1beta1;g=config.k8s.io                          | application/json;g=config.k8s.io;v=v1beta1;as=Statusz
            text/plain;q=0.5, application/json;as=Statusz;v=v1beta1;g=config.k8s.io     | application/json;g=config.k8s.io;v=v1beta1;as=Statusz
            """)
    void whatIsAcceptedDecides(String accept, String contentType) {
        ApiResponse.Complete answer = Calls.send(status(), "GET", "/statusz", "Accept", accept);
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers().first("Content-Type"))
                .isEqualTo(contentType == null ? "text/plain; charset=utf-8" : contentType);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json",
        "application/yaml",
        "application/*",
        "text/html",
        "garbage",
        "application/json;v=v1beta1;g=config.k8s.io",
        "application/json;as=Statusz;v=v9;g=config.k8s.io",
        "application/json;as=Flagz;v=v1beta1;g=config.k8s.io",
        "application/cbor;as=Statusz;v=v1beta1;g=config.k8s.io",
        "application/vnd.kubernetes.protobuf;as=Statusz;v=v1beta1;g=config.k8s.io",
        "text/plain;as=Statusz;v=v1beta1;g=config.k8s.io",
        "application/json;stream=watch;as=Statusz;v=v1beta1;g=config.k8s.io"
    })
    void whatIsNotOnOfferIsRefused(String accept) {
        assertThatThrownBy(() -> Calls.send(status(), "GET", "/statusz", "Accept", accept))
                .isInstanceOf(ApiException.class)
                .hasMessage("only the following media types are accepted: application/json, application/yaml,"
                        + " text/plain");
    }

    @Test
    void programsReadObjects() {
        String accept = "application/json;as=Statusz;v=v1beta1;g=config.k8s.io";
        assertThat(text(Calls.send(status(), "GET", "/statusz", "Accept", accept)))
                .isEqualTo("{\"kind\":\"Statusz\",\"apiVersion\":\"config.k8s.io/v1beta1\","
                        + "\"metadata\":{\"name\":\"apiserver\"},\"startTime\":\"2026-11-04T15:17:55Z\","
                        + "\"uptimeSeconds\":90123,\"goVersion\":\"" + VersionInfo.CURRENT.runtime()
                        + "\",\"binaryVersion\":\"1.37\",\"emulationVersion\":\"1.37\",\"paths\":[\"/flagz\","
                        + "\"/healthz\",\"/livez\",\"/metrics\",\"/readyz\",\"/statusz\",\"/version\"]}\n");
        String yaml = "application/yaml;as=Flagz;v=v1beta1;g=config.k8s.io";
        assertThat(text(Calls.send(new FlagsPage(Map.of("v", "0")), "GET", "/flagz", "Accept", yaml)))
                .isEqualTo("apiVersion: config.k8s.io/v1beta1\nflags:\n  v: \"0\"\nkind: Flagz\n"
                        + "metadata:\n  name: apiserver\n");
    }

    @ParameterizedTest
    @CsvSource({"/debug/pprof,302", "/debug/pprof/,200", "/debug/pprof/nope,404", "/debug/pprof//,404"})
    void thereAreNoProfiles(String path, int code) {
        ApiResponse.Complete answer = Calls.send(new ProfilePages(), "GET", path);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers().first("Location")).isEqualTo(code == 302 ? "/debug/pprof/" : null);
        assertThat(answer.headers().first("X-Go-Pprof")).isEqualTo(code == 404 ? "1" : null);
    }

    private static String text(ApiResponse.Complete answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
