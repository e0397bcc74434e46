// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.measure.Measures;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredSizes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Priority and fairness as kube-apiserver v1.37 has it: calls are sorted into flows by the flow schemas, each priority level
 * has its part of the server's seats, and where these are taken the flows of a level wait in queues and get on in turn.
 *
 * <p>Differs from the real server in this: calls of the server itself pass by; a call's seats are given back when its
 * answer is there, also where it is still being written; since those who wait hold threads, there is a largest number of
 * them for all levels together, half of it promised to the levels by their shares.
 */
public final class FlowControl implements AutoCloseable {
    /** How many calls may wait at once. */
    public static final int WAITS = 2048;

    private static final int MOST_SEATS = 1 << 24;

    private final FlowConfigReader reader;
    private final WorkEstimator estimator;
    private final WatchCounts watches = new WatchCounts();
    private final Map<String, RetryAfter> retries = new ConcurrentHashMap<>();
    private final int seats;
    private final AtomicLong nextLending = new AtomicLong(System.nanoTime() + Lending.PERIOD_NANOS);
    private volatile double fraction;

    /**
     * Priority and fairness by the objects in a server's stores, which are read when the first call comes.
     *
     * @param objects the store of a resource, by its name with its group
     * @param sizes what the cache knows of the objects of a resource; null where that is nothing
     * @param seats how many calls are worked on at once
     * @param timer gives seats back that are kept for a time
     */
    public FlowControl(
            Function<String, ObjectStore> objects,
            Function<Target.OfResource, @Nullable StoredSizes> sizes,
            Measures measures,
            long seats,
            ScheduledExecutorService timer) {
        this.seats = (int) Math.max(1, Math.min(seats, MOST_SEATS));
        reader = new FlowConfigReader(objects, new FlowMeasures(measures), timer, this.seats, WAITS);
        estimator = new WorkEstimator(sizes, watches);
        FlowMeasures.addLevels(measures, () -> reader.last().levels(), () -> fraction);
    }

    /** A place for a call whose target and caller are known. */
    public Ticket enter(Call call) {
        long nanos = System.nanoTime();
        FlowConfig config = reader.now();
        lend(config, nanos);
        Identity identity = call.requireIdentity();
        Target target = call.requireTarget();
        FlowConfig.Entry entry = config.find(identity, target);
        FlowSeries series = entry.series();
        PriorityLevel level = entry.level();
        LevelConfig wanted = level.config();
        WorkEstimate estimate = wanted.exempt() ? WorkEstimate.ONE : estimator.estimate(call, level, series);
        series.estimated(estimate);
        String distinguisher = series.schema().distinguisher(identity, target);
        long flow = wanted.queues() == 0 ? 0 : Shuffle.hash(series.schema().name(), distinguisher);
        Ticket ticket = new Ticket(level, series, estimate, distinguisher, call, nanos);
        level.enter(ticket, flow);
        return ticket;
    }

    /** Whoever comes first after a period divides the seats anew: a server without calls has no timer. */
    private void lend(FlowConfig config, long nanos) {
        long due = nextLending.get();
        if (nanos - due < 0 || !nextLending.compareAndSet(due, nanos + Lending.PERIOD_NANOS)) {
            return;
        }
        long periods = 1 + (nanos - due) / Lending.PERIOD_NANOS;
        fraction = Lending.adjust(config.levels(), seats, periods);
    }

    /** After how many seconds a caller that was sent away may come again. */
    public int retryAfter(Ticket refused) {
        return retries.computeIfAbsent(refused.level.name(), name -> new RetryAfter())
                .sentAway(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()));
    }

    /** Counts a watch, which writes are told to, until the result is run. */
    public Runnable watching(Call call) {
        return call.requireTarget() instanceof Target.OfResource target ? watches.open(call, target) : () -> {};
    }

    /** What to serve below {@code /debug/api_priority_and_fairness/}, by path. */
    public Map<String, Endpoint> dumps() {
        FlowDump dump = new FlowDump(() -> reader.now().levels());
        String root = "/debug/api_priority_and_fairness/";
        return Map.of(
                root + "dump_priority_levels", dump::levels,
                root + "dump_queues", dump::queues,
                root + "dump_requests", dump::requests);
    }

    @Override
    public void close() {
        reader.close();
    }
}
