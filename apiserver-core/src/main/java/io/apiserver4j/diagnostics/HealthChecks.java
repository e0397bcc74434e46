// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a server by name, for each probe in order. It starts with the names that the real server has; whoever
 * can say more than "well" about one puts a check of its own under its name, at any time.
 */
public final class HealthChecks {
    private final Map<Probe, List<String>> names = new EnumMap<>(Probe.class);
    private final Map<String, HealthCheck> checks = new ConcurrentHashMap<>();

    /** The checks of the real server, all well. */
    public HealthChecks() {
        List<String> live = new ArrayList<>(StandardChecks.LIVE);
        live.addAll(StandardChecks.HOOKS);
        List<String> ready = new ArrayList<>(StandardChecks.READY);
        ready.addAll(StandardChecks.HOOKS);
        ready.add(StandardChecks.SHUTDOWN);
        names.put(Probe.HEALTHZ, new CopyOnWriteArrayList<>(live));
        names.put(Probe.LIVEZ, new CopyOnWriteArrayList<>(live));
        names.put(Probe.READYZ, new CopyOnWriteArrayList<>(ready));
    }

    /** Puts a check under a known name, or adds a new name to all probes. */
    public void put(String name, HealthCheck check) {
        boolean known = names.values().stream().anyMatch(list -> list.contains(name));
        if (known) {
            checks.put(name, check);
        } else {
            put(name, EnumSet.allOf(Probe.class), check);
        }
    }

    /**
     * Puts a check under a name, at the end of those probes that don't have it yet; of {@code shutdown} it comes
     * before.
     */
    public void put(String name, Set<Probe> probes, HealthCheck check) {
        checks.put(name, check);
        for (Probe probe : probes) {
            List<String> list = list(probe);
            if (!list.contains(name)) {
                int last = list.size() - 1;
                list.add(list.get(last).equals(StandardChecks.SHUTDOWN) ? last : last + 1, name);
            }
        }
    }

    /** Says that something of the start is still to be done: the check is unwell until the result is run. */
    public Runnable pending(String name) {
        AtomicReference<@Nullable String> problem = new AtomicReference<>("not finished");
        put(name, problem::get);
        return () -> problem.set(null);
    }

    /** Says that the server stops: it is not ready any more. */
    public void stopping() {
        put(StandardChecks.SHUTDOWN, () -> "process is shutting down");
    }

    /** True where all checks of a probe are well. */
    public boolean isWell(Probe probe) {
        return names(probe).stream().allMatch(name -> check(name).problem() == null);
    }

    /** The names of a probe, in order. */
    public List<String> names(Probe probe) {
        return List.copyOf(list(probe));
    }

    /** The check of a name; well where nobody said otherwise. */
    HealthCheck check(String name) {
        return checks.getOrDefault(name, HealthCheck.WELL);
    }

    private List<String> list(Probe probe) {
        List<String> list = names.get(probe);
        if (list == null) {
            throw new IllegalStateException("no checks of " + probe);
        }
        return list;
    }
}
