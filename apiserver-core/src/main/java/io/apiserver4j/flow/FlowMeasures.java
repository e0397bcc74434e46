// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.measure.Counter;
import io.apiserver4j.measure.Gauge;
import io.apiserver4j.measure.Histogram;
import io.apiserver4j.measure.Measures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is counted of priority and fairness, under the names and labels of kube-apiserver. */
final class FlowMeasures {
    private static final String PREFIX = "apiserver_flowcontrol_";
    private static final String[] BY_SCHEMA = {"flow_schema", "priority_level"};
    private static final double[] SECONDS = {0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30};
    private static final double[] LENGTHS = {0, 10, 50, 100, 250, 500, 1000};
    private static final double[] WATCHERS = {0, 1, 10, 100, 1000, 10000};
    private static final double[] SEATS = {1, 2, 4, 8, 16, 32, 64, 100};

    final Counter dispatched;
    final Counter rejected;
    final Gauge waiting;
    final Gauge waitingSeats;
    final Gauge executing;
    final Gauge executingSeats;
    final Histogram waits;
    final Histogram executions;
    final Histogram lengths;
    final Histogram seats;
    final Histogram watchers;

    FlowMeasures(Measures measures) {
        dispatched = measures.counter(PREFIX + "dispatched_requests_total", "Calls that got their seats.", BY_SCHEMA);
        rejected = measures.counter(
                PREFIX + "rejected_requests_total",
                "Calls that were sent away.",
                "flow_schema",
                "priority_level",
                "reason");
        waiting = measures.gauge(PREFIX + "current_inqueue_requests", "Calls that wait in queues.", BY_SCHEMA);
        waitingSeats = measures.gauge(PREFIX + "current_inqueue_seats", "Seats that are waited for.", BY_SCHEMA);
        executing = measures.gauge(PREFIX + "current_executing_requests", "Calls that are worked on.", BY_SCHEMA);
        executingSeats = measures.gauge(PREFIX + "current_executing_seats", "Seats that are taken.", BY_SCHEMA);
        waits = measures.histogram(
                PREFIX + "request_wait_duration_seconds",
                "How long calls waited, in seconds.",
                SECONDS,
                "execute",
                "flow_schema",
                "priority_level");
        executions = measures.histogram(
                PREFIX + "request_execution_seconds",
                "How long calls had their seats, in seconds.",
                SECONDS,
                "flow_schema",
                "priority_level",
                "type");
        lengths = measures.histogram(
                PREFIX + "request_queue_length_after_enqueue",
                "Length of the queue that a call was put into.",
                LENGTHS,
                BY_SCHEMA);
        seats = measures.histogram(
                PREFIX + "work_estimated_seats", "Seats that calls are expected to need.", SEATS, BY_SCHEMA);
        watchers = measures.histogram(
                PREFIX + "watch_count_samples", "Watchers that a write is told to.", WATCHERS, BY_SCHEMA);
    }

    /** Tells of the levels' seats when somebody looks. */
    static void addLevels(Measures measures, Supplier<List<PriorityLevel>> levels, Supplier<Double> fraction) {
        of(
                measures,
                levels,
                "nominal_limit_seats",
                "Seats by configuration.",
                dump -> dump.limits().nominal());
        of(
                measures,
                levels,
                "lower_limit_seats",
                "Seats that are never lent.",
                dump -> dump.limits().least());
        of(
                measures,
                levels,
                "upper_limit_seats",
                "Seats with all that may be borrowed.",
                dump -> dump.limits().most());
        of(measures, levels, "current_limit_seats", "Seats now.", PriorityLevel.Dump::limit);
        of(
                measures,
                levels,
                "demand_seats_high_watermark",
                "Most seats wanted of late.",
                dump -> dump.seen().peak());
        of(
                measures,
                levels,
                "demand_seats_average",
                "Seats wanted of late on average.",
                dump -> dump.seen().mean());
        of(
                measures,
                levels,
                "demand_seats_stdev",
                "How seats wanted of late spread.",
                dump -> dump.seen().deviation());
        of(measures, levels, "demand_seats_smoothed", "Seats wanted, smoothed.", PriorityLevel.Dump::smoothed);
        of(
                measures,
                levels,
                "target_seats",
                "Seats that the division aims at.",
                dump -> Math.max(Lending.floor(dump.limits(), dump.seen()), dump.smoothed()));
        measures.gaugeOf(PREFIX + "seat_fair_frac", "Part of what levels want that each of them gets.", fraction::get);
    }

    private static void of(
            Measures measures,
            Supplier<List<PriorityLevel>> levels,
            String name,
            String help,
            Function<PriorityLevel.Dump, Number> value) {
        measures.gaugesOf(PREFIX + name, help, List.of("priority_level"), () -> {
            Map<List<String>, Double> out =
                    new TreeMap<>((one, other) -> one.get(0).compareTo(other.get(0)));
            for (PriorityLevel level : levels.get()) {
                out.put(List.of(level.name()), value.apply(level.dump()).doubleValue());
            }
            return out;
        });
    }
}
