// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** No more events are taken than there may be. */
final class EventRateLimit implements ValidatingPlugin {
    static final String NAME = "EventRateLimit";

    private final List<Counter> counters;

    EventRateLimit(List<EventLimit> limits, InstantSource clock) {
        counters = limits.stream().map(limit -> new Counter(limit, clock)).toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue event = request.object();
        if (event == null
                || request.operation() != Operation.CREATE && request.operation() != Operation.UPDATE
                || request.dryRun()
                || !request.definition().groupResource().equals("events")) {
            return;
        }
        List<String> problems = new ArrayList<>();
        for (Counter counter : counters) {
            String key = key(counter.limit.type(), request, event);
            if (!counter.takes(key)) {
                problems.add("limit reached on type " + counter.limit.type() + " for key " + key);
            }
        }
        if (!problems.isEmpty()) {
            throw new Status("Failure", 429, "TooManyRequests", "Too many requests: " + Aggregate.of(problems), null, 0)
                    .asException();
        }
    }

    private static String key(String type, AdmissionRequest request, ObjectValue event) {
        return switch (type) {
            case "Namespace" -> request.namespace();
            case "User" -> request.identity().user();
            case "SourceAndObject" -> {
                ObjectValue source = event.objectOrEmpty("source");
                ObjectValue object = event.objectOrEmpty("involvedObject");
                yield source.stringOrEmpty("component")
                        + source.stringOrEmpty("host")
                        + object.stringOrEmpty("kind")
                        + object.stringOrEmpty("namespace")
                        + object.stringOrEmpty("name")
                        + object.stringOrEmpty("uid")
                        + object.stringOrEmpty("apiVersion");
            }
            default -> "";
        };
    }

    /** Counts by key, and forgets the key that was used least lately. */
    private static final class Counter {
        private final EventLimit limit;
        private final InstantSource clock;
        private final Map<String, Bucket> buckets;

        Counter(EventLimit limit, InstantSource clock) {
            this.limit = limit;
            this.clock = clock;
            buckets = new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > limit.cacheSize();
                }
            };
        }

        synchronized boolean takes(String key) {
            Instant now = clock.instant();
            Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(limit.burst(), now));
            double seconds = Duration.between(bucket.since, now).toNanos() / 1e9;
            bucket.left = Math.min(limit.burst(), bucket.left + Math.max(seconds, 0) * limit.qps());
            bucket.since = now;
            if (bucket.left < 1) {
                return false;
            }
            bucket.left--;
            return true;
        }
    }

    private static final class Bucket {
        private double left;
        private Instant since;

        Bucket(double left, Instant since) {
            this.left = left;
            this.since = since;
        }
    }
}
