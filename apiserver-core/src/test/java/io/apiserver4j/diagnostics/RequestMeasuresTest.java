// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.discovery.Calls;
import io.apiserver4j.measure.Measures;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.TargetResolver;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMeasuresTest {
    private final Measures measures = new Measures();
    private final RequestMeasures stage =
            new RequestMeasures(measures, target -> !target.resource().equals("unknown"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET    | /api/v1/namespaces/a/pods/p          | "",resource="pods",scope="resource",subresource="",verb="GET"
        GET    | /api/v1/pods                         | "",resource="pods",scope="cluster",subresource="",verb="LIST"
        GET    | /api/v1/namespaces/a/pods?watch=1    | "",resource="pods",scope="namespace",subresource="",verb="WATCH"
        POST   | /apis/apps/v1/namespaces/a/deployments | "apps",resource="deployments",scope="namespace",subresource="",verb="POST"
        PUT    | /api/v1/namespaces/a/pods/p/status   | "",resource="pods",scope="resource",subresource="status",verb="PUT"
        POST   | /api/v1/namespaces/a/pods/p/exec     | "",resource="pods",scope="resource",subresource="exec",verb="CONNECT"
        DELETE | /api/v1/namespaces/a/pods            | "",resource="pods",scope="namespace",subresource="",verb="DELETECOLLECTION"
        GET    | /version                             | "",resource="",scope="",subresource="",verb="GET"
        BREW   | /coffee                              | "",resource="",scope="",subresource="",verb="other"
        """)
    void callsAreCountedByWhatTheyAskFor(String method, String target, String labels) {
        Calls.send(call -> stage.handle(call, c -> PlainText.of(200, "")), method, target);
        assertThat(measures.text())
                .contains("apiserver_request_total{code=\"200\",component=\"apiserver\",dry_run=\"\",group=" + labels)
                .contains("apiserver_request_duration_seconds_count{component=\"apiserver\",dry_run=\"\",group="
                        + labels);
    }

    @Test
    void appliesAreToldFromPatchesAndDryRunsFromOthers() {
        Calls.send(
                call -> stage.handle(call, c -> PlainText.of(201, "")),
                "PATCH",
                "/api/v1/namespaces/a/pods/p?dryRun=All",
                "Content-Type",
                "application/apply-patch+yaml");
        assertThat(measures.text()).contains("code=\"201\",component=\"apiserver\",dry_run=\"All\"", "verb=\"APPLY\"");
    }

    @Test
    void failuresAreCountedAndNamesThatAreNotServedAreNot() {
        assertThatThrownBy(() -> Calls.send(
                        call -> stage.handle(call, c -> {
                            throw Status.notFound("", "pods", "p").asException();
                        }),
                        "GET",
                        "/api/v1/namespaces/a/pods/p"))
                .isInstanceOf(ApiException.class);
        assertThat(measures.text())
                .contains("code=\"404\"")
                .contains("apiserver_current_inflight_requests{request_kind=\"readOnly\"} 0\n");
        Calls.send(call -> stage.handle(call, c -> PlainText.notFound()), "GET", "/api/v1/unknown");
        assertThat(measures.text()).doesNotContain("resource=\"unknown\"");
    }

    @Test
    void watchesAreCountedAsLongAsTheyLast() {
        ApiRequest request = ApiRequest.get("/api/v1/pods?watch=true");
        Call call = new Call(
                request,
                "id",
                Instant.EPOCH,
                TargetResolver.resolve(request),
                null,
                null,
                new CallNotes(),
                new Cancellation());
        SubmissionPublisher<List<ByteBuffer>> source = new SubmissionPublisher<>(Runnable::run, 8);
        ApiResponse.Streaming answer = (ApiResponse.Streaming)
                stage.handle(call, c -> new ApiResponse.Streaming(200, Headers.NONE, source, true));
        String series = "apiserver_longrunning_requests{component=\"apiserver\",group=\"\",resource=\"pods\","
                + "scope=\"cluster\",subresource=\"\",verb=\"WATCH\",version=\"v1\"} ";
        Flow.Subscription[] subscription = new Flow.Subscription[1];
        answer.chunks().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription[0] = given;
            }

            @Override
            public void onNext(List<ByteBuffer> item) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        assertThat(measures.text()).contains(series + "1\n");
        subscription[0].cancel();
        subscription[0].cancel();
        assertThat(measures.text()).contains(series + "0\n");
    }
}
