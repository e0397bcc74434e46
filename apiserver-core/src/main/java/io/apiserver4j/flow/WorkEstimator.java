// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Query;
import io.apiserver4j.request.Target;
import io.apiserver4j.store.StoredSizes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many seats calls need: lists by the bytes they hold at once, writes by the watchers they are told to. */
final class WorkEstimator {
    private static final int MOST_OF_LIST = 100;
    private static final int MOST_OF_WRITE = 10;
    private static final double BYTES_OF_SEAT = 100_000;

    /** Lists from the cache are streamed: no more of them is held at once. */
    private static final double STREAMED = 1_000_000;

    private static final int WATCHERS_OF_SEAT = 10;

    /** What ten watchers cost; the real server allows for fifty times as much. */
    private static final long EVENT_NANOS = 100_000;

    private final Function<Target.OfResource, @Nullable StoredSizes> sizes;
    private final WatchCounts watches;

    WorkEstimator(Function<Target.OfResource, @Nullable StoredSizes> sizes, WatchCounts watches) {
        this.sizes = sizes;
        this.watches = watches;
    }

    WorkEstimate estimate(Call call, PriorityLevel level, FlowSeries series) {
        if (!(call.requireTarget() instanceof Target.OfResource target)) {
            return WorkEstimate.ONE;
        }
        return switch (target.verb()) {
            case LIST -> list(call.request().query(), target, level, false);
            case WATCH ->
                isInitialised(call.request().query())
                        ? list(call.request().query(), target, level, true)
                        : WorkEstimate.ONE;
            case CREATE, UPDATE, PATCH, DELETE -> write(target, level, series);
            default -> WorkEstimate.ONE;
        };
    }

    /** True where the objects of now are sent before the changes. */
    private static boolean isInitialised(Query query) {
        String from = query.firstOrEmpty("resourceVersion");
        return from.isEmpty()
                || from.equals("0")
                || query.firstOrEmpty("sendInitialEvents").equals("true");
    }

    private WorkEstimate list(Query query, Target.OfResource target, PriorityLevel level, boolean watch) {
        if (!target.name().isEmpty()
                || query.firstOrEmpty("fieldSelector").startsWith("metadata.name=")
                || !target.subresource().isEmpty()) {
            return WorkEstimate.ONE;
        }
        StoredSizes known = sizes.apply(target);
        if (known == null || known.objects() == 0) {
            return WorkEstimate.ONE;
        }
        double objects = known.objects();
        double limit = watch ? 0 : limit(query.firstOrEmpty("limit"));
        if (limit > 0) {
            objects = Math.min(objects, limit);
        }
        double bytes = objects * known.averageBytes();
        boolean stored = query.has("continue")
                || query.firstOrEmpty("resourceVersionMatch").equals("Exact");
        if (watch || !stored) {
            bytes = Math.min(bytes, STREAMED);
        }
        int seats = (int) Math.ceil(bytes / BYTES_OF_SEAT);
        int most = Math.min(MOST_OF_LIST, level.widest());
        return seats <= 1 ? WorkEstimate.ONE : new WorkEstimate(Math.min(seats, most), 0, 0);
    }

    private static double limit(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0; // refused later on
        }
    }

    private WorkEstimate write(Target.OfResource target, PriorityLevel level, FlowSeries series) {
        if (target.resource().equals("serviceaccounts") && target.subresource().equals("token")) {
            return WorkEstimate.ONE; // nothing is stored, so nobody is told
        }
        int told = watches.interested(target);
        series.watched(told);
        if (told < WATCHERS_OF_SEAT) {
            return WorkEstimate.ONE;
        }
        int wanted = (told + WATCHERS_OF_SEAT - 1) / WATCHERS_OF_SEAT;
        int seats = Math.min(wanted, Math.min(MOST_OF_WRITE, level.widest()));
        return new WorkEstimate(1, seats, EVENT_NANOS * wanted / seats);
    }
}
