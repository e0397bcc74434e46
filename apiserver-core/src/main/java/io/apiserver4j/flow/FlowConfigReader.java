// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.store.LiveView;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the objects that configure priority and fairness, and makes of them what calls are judged by. */
final class FlowConfigReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowConfigReader.class);
    private static final String GROUP = ".flowcontrol.apiserver.k8s.io";
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final Map<String, FlowSchema> schemas = new ConcurrentHashMap<>();
    private final Map<String, LevelConfig> levels = new ConcurrentHashMap<>();
    private final LiveView<FlowSchema> schemaView;
    private final LiveView<Named> levelView;
    private final FlowMeasures measures;
    private final ScheduledExecutorService timer;
    private final WaitBudget budget;
    private final int seats;
    private volatile boolean changed = true;
    private volatile FlowConfig config = new FlowConfig(List.of(), List.of());
    private volatile long retryAt = System.nanoTime();

    /** A level's object: null where it makes no sense. */
    private record Named(String name, @Nullable LevelConfig level) {}

    FlowConfigReader(
            Function<String, ObjectStore> objects,
            FlowMeasures measures,
            ScheduledExecutorService timer,
            int seats,
            int waits) {
        this.measures = measures;
        this.timer = timer;
        this.seats = seats;
        budget = new WaitBudget(waits);
        schemaView = new LiveView<>(
                () -> objects.apply("flowschemas" + GROUP), object -> FlowSchema.of(object.tree()), (before, after) -> {
                    if (after != null) {
                        schemas.put(after.name(), after);
                    } else if (before != null) {
                        schemas.remove(before.name());
                    }
                    changed = true;
                });
        levelView = new LiveView<>(
                () -> objects.apply("prioritylevelconfigurations" + GROUP), FlowConfigReader::read, (before, after) -> {
                    if (after != null && after.level() != null) {
                        levels.put(after.name(), after.level());
                    } else if (before != null) {
                        levels.remove(before.name());
                    }
                    changed = true;
                });
    }

    private static Named read(StoredObject object) {
        return new Named(object.header().name(), LevelConfig.of(object.tree()));
    }

    /** What is configured now. */
    FlowConfig now() {
        open();
        if (changed || config.entries().isEmpty()) { // the first one is waited for
            digest();
        }
        return config;
    }

    /** What was configured when this was asked last. */
    FlowConfig last() {
        return config;
    }

    /** A store that is away keeps nobody out: what was known goes on. */
    private void open() {
        if (schemaView.isOpen() && levelView.isOpen()) {
            return;
        }
        if (System.nanoTime() - retryAt < 0) {
            return;
        }
        try {
            levelView.open();
            schemaView.open();
        } catch (RuntimeException e) {
            retryAt = System.nanoTime() + RETRY_NANOS;
            LOG.warn("the configuration of priority and fairness can't be read", e);
        }
    }

    private synchronized void digest() {
        if (!changed) {
            return;
        }
        changed = false;
        Map<String, LevelConfig> wanted = new TreeMap<>(levels);
        for (String mandatory : List.of(FlowSchema.EXEMPT, FlowSchema.CATCH_ALL)) {
            wanted.computeIfAbsent(mandatory, LevelConfig::imagined);
        }
        Map<String, PriorityLevel> known = new LinkedHashMap<>();
        for (PriorityLevel level : config.levels()) {
            if (wanted.containsKey(level.name()) || !level.isIdle()) {
                known.put(level.name(), level);
                wanted.putIfAbsent(level.name(), level.config());
            }
        }
        double shares =
                wanted.values().stream().mapToDouble(LevelConfig::shares).sum();
        ToDoubleFunction<LevelConfig> part = level -> shares == 0 ? 0 : level.shares() / shares;
        long now = System.nanoTime();
        wanted.forEach((name, level) -> {
            PriorityLevel live = known.computeIfAbsent(name, n -> new PriorityLevel(level, timer, budget, now));
            live.configure(level, limits(level, part.applyAsDouble(level)), part.applyAsDouble(level));
        });
        config = new FlowConfig(entries(known), List.copyOf(known.values()));
    }

    private PriorityLevel.Limits limits(LevelConfig level, double part) {
        int nominal = (int) Math.ceil(seats * part);
        int least = nominal - (int) Math.round(nominal * level.lendPercent() / 100.0);
        Long borrows = level.borrowPercent();
        int most = nominal + (borrows == null ? seats : (int) Math.round(nominal * borrows / 100.0));
        return new PriorityLevel.Limits(nominal, least, most);
    }

    private List<FlowConfig.Entry> entries(Map<String, PriorityLevel> live) {
        List<FlowSchema> order = new ArrayList<>(schemas.values());
        order.removeIf(
                schema -> !levels.containsKey(schema.level()) && !schema.level().equals(schema.name()));
        order.sort(FlowSchema.ORDER);
        if (!schemas.containsKey(FlowSchema.EXEMPT)) {
            order.add(0, FlowSchema.imagined(FlowSchema.EXEMPT));
        }
        if (!schemas.containsKey(FlowSchema.CATCH_ALL)) {
            order.add(FlowSchema.imagined(FlowSchema.CATCH_ALL));
        }
        List<FlowConfig.Entry> out = new ArrayList<>();
        for (FlowSchema schema : order) {
            PriorityLevel level = live.get(schema.level());
            if (level != null) {
                out.add(new FlowConfig.Entry(new FlowSeries(schema, measures), level));
            }
        }
        return List.copyOf(out);
    }

    @Override
    public void close() {
        schemaView.close();
        levelView.close();
    }
}
