// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ConditionView;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the columns of a pod are about: the one word for its state, which containers are ready, and the restarts. */
final class PodSummary {
    private static final String COMPLETED = "Completed";

    private final PodView pod;
    private final Set<String> sidecars = new HashSet<>();
    private final Restarts all = new Restarts();
    private final Restarts ofSidecars = new Restarts();
    private String state;
    private int ready;
    private final int total;
    private boolean initializing;
    private Restarts restarts = all;

    /** Restarts counted, and the end of the run before the latest of them. */
    private static final class Restarts {
        long count;

        @Nullable
        Instant last;

        void add(ObjectValue status) {
            count += status.longOr("restartCount", 0);
            ObjectValue before = status.objectOrEmpty("lastState").objectOrEmpty("terminated");
            Instant end = HumanForms.time(before.getString("finishedAt"));
            if (end != null && (last == null || last.isBefore(end))) {
                last = end;
            }
        }
    }

    private PodSummary(ObjectValue tree) {
        pod = new PodView(tree);
        for (ContainerView container : pod.initContainers()) {
            if (container.isSidecar()) {
                sidecars.add(container.name());
            }
        }
        total = pod.spec().arrayOrEmpty("containers").size()
                + (int) pod.initContainers().stream()
                        .filter(ContainerView::isSidecar)
                        .count();
        state = stateBeforeContainers();
        readInitContainers();
        if (!initializing || isInitialized()) {
            restarts = ofSidecars;
            readContainers();
        }
        if (pod.meta().isDeleting()) {
            if ("NodeLost".equals(pod.status().getString("reason"))) {
                state = "Unknown";
            } else if (!pod.isFinished()) {
                state = "Terminating";
            }
        }
    }

    static PodSummary of(ObjectValue pod) {
        return new PodSummary(pod);
    }

    /** The pod's state in one word. */
    String state() {
        return state;
    }

    /** Ready containers of all that should run: {@code 1/2}. */
    String readiness() {
        return ready + "/" + total;
    }

    /** How often containers were started again, and how long ago the last time was. */
    String restarts(Instant now) {
        return restarts.count == 0 || restarts.last == null
                ? Long.toString(restarts.count)
                : restarts.count + " (" + HumanForms.since(restarts.last, now) + " ago)";
    }

    private String stateBeforeContainers() {
        for (ObjectValue tree : pod.conditions().objects()) {
            ConditionView condition = new ConditionView(tree);
            if (condition.type().equals("PodScheduled") && condition.reason().equals("SchedulingGated")) {
                return condition.reason();
            }
        }
        String reason = pod.status().stringOrEmpty("reason");
        return reason.isEmpty() ? pod.phase() : reason;
    }

    private boolean isInitialized() {
        ConditionView condition = ConditionView.find(pod.conditions(), "Initialized");
        return condition != null && condition.isTrue();
    }

    /** Goes through the init containers up to the first that is not done; that one is the pod's state. */
    private void readInitContainers() {
        ArrayValue statuses = pod.status().arrayOrEmpty("initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            ObjectValue status = statuses.objectAt(i);
            boolean sidecar = sidecars.contains(status.stringOrEmpty("name"));
            all.add(status);
            if (sidecar) {
                ofSidecars.add(status);
            }
            ObjectValue terminated = stateOf(status, "terminated");
            if (terminated != null && terminated.longOr("exitCode", 0) == 0) {
                continue;
            }
            if (sidecar && status.isTrue("started")) {
                ready += status.isTrue("ready") ? 1 : 0;
                continue;
            }
            initializing = true;
            state = "Init:" + initState(status, terminated, i);
            return;
        }
    }

    private String initState(ObjectValue status, @Nullable ObjectValue terminated, int position) {
        if (terminated != null) {
            return endOf(terminated);
        }
        String waiting = waitingReason(status);
        return waiting.isEmpty() || waiting.equals("PodInitializing")
                ? position + "/" + pod.spec().arrayOrEmpty("initContainers").size()
                : waiting;
    }

    /**
     * Goes through the containers from the last to the first: of several that are not well, the first names the state.
     */
    private void readContainers() {
        boolean running = false;
        String failure = "";
        ArrayValue statuses = pod.status().arrayOrEmpty("containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            ObjectValue status = statuses.objectAt(i);
            restarts.add(status);
            String waiting = waitingReason(status);
            ObjectValue terminated = stateOf(status, "terminated");
            if (!waiting.isEmpty()) {
                state = waiting;
            } else if (terminated != null) {
                state = endOf(terminated);
                failure = terminated.longOr("exitCode", 0) == 0 ? failure : state;
            } else if (status.isTrue("ready") && stateOf(status, "running") != null) {
                running = true;
                ready++;
            }
        }
        if (state.equals(COMPLETED)) {
            state = mixedState(running, failure);
        }
    }

    /** Some containers are done, which says nothing about the pod while others run or have failed. */
    private String mixedState(boolean running, String failure) {
        if (running && anyReadyCondition()) {
            return "Running";
        }
        if (!failure.isEmpty()) {
            return failure;
        }
        return running ? "NotReady" : COMPLETED;
    }

    private boolean anyReadyCondition() {
        for (ObjectValue tree : pod.conditions().objects()) {
            ConditionView condition = new ConditionView(tree);
            if (condition.type().equals("Ready") && condition.isTrue()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ObjectValue stateOf(ObjectValue status, String name) {
        return status.objectOrEmpty("state").getObject(name);
    }

    private static String waitingReason(ObjectValue status) {
        ObjectValue waiting = stateOf(status, "waiting");
        return waiting == null ? "" : waiting.stringOrEmpty("reason");
    }

    private static String endOf(ObjectValue terminated) {
        String reason = terminated.stringOrEmpty("reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        long signal = terminated.longOr("signal", 0);
        return signal == 0 ? "ExitCode:" + terminated.longOr("exitCode", 0) : "Signal:" + signal;
    }
}
