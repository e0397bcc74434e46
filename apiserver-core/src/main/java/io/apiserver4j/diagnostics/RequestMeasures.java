// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.measure.Counter;
import io.apiserver4j.measure.Gauge;
import io.apiserver4j.measure.Histogram;
import io.apiserver4j.measure.Measures;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.EndingStream;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Stage;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.Verb;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Counts calls under the names and labels of kube-apiserver. Stands behind the gates, so refused calls are not counted.
 */
public final class RequestMeasures implements Stage {
    private static final String COMPONENT = "apiserver";
    private static final double[] SECONDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60
    };

    private final Counter requests;
    private final Histogram durations;
    private final Gauge longRunning;
    private final Gauge.Cell reading;
    private final Gauge.Cell changing;
    private final Predicate<Target.OfResource> served;
    private final Map<RequestLabels, Series> series = new ConcurrentHashMap<>();

    /**
     * A stage that counts here.
     *
     * @param served says whether a resource is there: names that clients make up are not kept
     */
    public RequestMeasures(Measures measures, Predicate<Target.OfResource> served) {
        this.served = served;
        requests = measures.counter(
                "apiserver_request_total",
                "Calls by what they asked for and how they were answered.",
                "code",
                "component",
                "dry_run",
                "group",
                "resource",
                "scope",
                "subresource",
                "verb",
                "version");
        durations = measures.histogram(
                "apiserver_request_duration_seconds",
                "How long calls took, in seconds.",
                SECONDS,
                "component",
                "dry_run",
                "group",
                "resource",
                "scope",
                "subresource",
                "verb",
                "version");
        longRunning = measures.gauge(
                "apiserver_longrunning_requests",
                "Long-running calls that go on.",
                "component",
                "group",
                "resource",
                "scope",
                "subresource",
                "verb",
                "version");
        Gauge inFlight =
                measures.gauge("apiserver_current_inflight_requests", "Calls that are worked on.", "request_kind");
        reading = inFlight.of("readOnly");
        changing = inFlight.of("mutating");
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        if (call.requireTarget() instanceof Target.OfResource target && !served.test(target)) {
            return next.handle(call);
        }
        RequestLabels labels = RequestLabels.of(call);
        Series counted = series.computeIfAbsent(labels, Series::new);
        boolean watch = call.requireTarget().verb() == Verb.WATCH;
        Gauge.Cell inFlight = call.requireTarget().verb().isWrite() ? changing : reading;
        long begun = System.nanoTime();
        inFlight.increment();
        try {
            ApiResponse response = next.handle(call);
            counted.count(response.code(), begun);
            return watch && response instanceof ApiResponse.Streaming streaming ? open(labels, streaming) : response;
        } catch (ApiException e) {
            counted.count(e.status().code(), begun);
            throw e;
        } finally {
            inFlight.decrement();
        }
    }

    /** What is counted of calls with the same labels: found once per call, not once per measure. */
    private final class Series {
        private final RequestLabels on;
        private final Histogram.Cell duration;
        private final Map<Integer, Counter.Cell> byCode = new ConcurrentHashMap<>(4);

        Series(RequestLabels on) {
            this.on = on;
            duration = durations.of(
                    COMPONENT,
                    on.dryRun(),
                    on.group(),
                    on.resource(),
                    on.scope(),
                    on.subresource(),
                    on.verb(),
                    on.version());
        }

        private Counter.Cell of(Integer code) {
            return requests.of(
                    code.toString(),
                    COMPONENT,
                    on.dryRun(),
                    on.group(),
                    on.resource(),
                    on.scope(),
                    on.subresource(),
                    on.verb(),
                    on.version());
        }

        void count(int code, long begun) {
            byCode.computeIfAbsent(code, this::of).increment();
            duration.observe((System.nanoTime() - begun) / 1e9);
        }
    }

    private ApiResponse open(RequestLabels on, ApiResponse.Streaming response) {
        Gauge.Cell open = longRunning.of(
                COMPONENT, on.group(), on.resource(), on.scope(), on.subresource(), on.verb(), on.version());
        open.increment();
        return EndingStream.of(response, open::decrement);
    }
}
