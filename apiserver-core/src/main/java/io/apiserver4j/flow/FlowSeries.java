// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.measure.Counter;
import io.apiserver4j.measure.Gauge;
import io.apiserver4j.measure.Histogram;

/** A flow schema with its level and all that is counted of the calls that match it; looked up once, not once per call. */
final class FlowSeries {
    private final FlowSchema schema;
    private final FlowMeasures measures;
    private final Counter.Cell dispatched;
    private final Gauge.Cell waiting;
    private final Gauge.Cell waitingSeats;
    private final Gauge.Cell executing;
    private final Gauge.Cell executingSeats;
    private final Histogram.Cell executions;
    private final Histogram.Cell seats;

    FlowSeries(FlowSchema schema, FlowMeasures measures) {
        this.schema = schema;
        this.measures = measures;
        String name = schema.name();
        String level = schema.level();
        dispatched = measures.dispatched.of(name, level);
        waiting = measures.waiting.of(name, level);
        waitingSeats = measures.waitingSeats.of(name, level);
        executing = measures.executing.of(name, level);
        executingSeats = measures.executingSeats.of(name, level);
        executions = measures.executions.of(name, level, "regular");
        seats = measures.seats.of(name, level);
    }

    FlowSchema schema() {
        return schema;
    }

    void estimated(WorkEstimate estimate) {
        seats.observe(estimate.seats());
    }

    void watched(int count) {
        measures.watchers.of(schema.name(), schema.level()).observe(count);
    }

    void queued(int width, int length) {
        waiting.increment();
        waitingSeats.add(width);
        measures.lengths.of(schema.name(), schema.level()).observe(length);
    }

    void unqueued(int width) {
        waiting.decrement();
        waitingSeats.add(-width);
    }

    void waited(boolean executed, long nanos) {
        measures.waits
                .of(Boolean.toString(executed), schema.name(), schema.level())
                .observe(nanos / 1e9);
    }

    void refused(String reason) {
        measures.rejected.of(schema.name(), schema.level(), reason).increment();
    }

    void began(int width) {
        dispatched.increment();
        executing.increment();
        executingSeats.add(width);
    }

    void ended(long nanos) {
        executing.decrement();
        executions.observe(nanos / 1e9);
    }

    void released(int width) {
        executingSeats.add(-width);
    }
}
