// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import io.apiserver4j.measure.Counter;
import io.apiserver4j.measure.Measures;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Counts events that could not be kept, by the sink that lost them. Safe for use by several threads. */
public final class AuditLosses {
    private final Map<String, Integer> counts = new HashMap<>();
    private @Nullable Counter told;

    /** Takes numbers of events that a sink lost. */
    public IntConsumer of(String sink) {
        return count -> lost(sink, count);
    }

    private synchronized void lost(String sink, int count) {
        counts.merge(sink, count, Integer::sum);
        Counter counter = told;
        if (counter != null) {
            counter.of(sink).add(count);
        }
    }

    /** How many events were lost so far. */
    public synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Tells of them among a server's measures from now on. */
    public synchronized void addTo(Measures measures) {
        Counter counter = measures.counter(
                "apiserver_audit_error_total", "Audit events that could not be kept, by plugin.", "plugin");
        counts.forEach((sink, count) -> counter.of(sink).add(count));
        told = counter;
    }
}
