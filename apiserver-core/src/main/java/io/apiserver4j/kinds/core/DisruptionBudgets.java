// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.admission.plugin.InnerDoor;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ConditionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The disruption budgets that an eviction must keep, and takes from. */
final class DisruptionBudgets {
    private static final String FULL = "Cannot evict pod as it would violate the pod's disruption budget.";
    private static final String CAUSE = "DisruptionBudget";
    /** More pods than this wait for the controller of budgets: something is wrong with it. */
    private static final int MOST_PENDING = 2000;

    private final Supplier<ObjectStore> budgets;
    private final InnerDoor door;

    /**
     * Budgets.
     *
     * @param server takes the change of a budget, as every client's
     */
    DisruptionBudgets(Supplier<ObjectStore> budgets, Function<ApiRequest, ApiResponse> server) {
        this.budgets = budgets;
        door = new InnerDoor(server);
    }

    /** The budgets whose selector matches a pod. */
    List<ObjectValue> of(ObjectValue pod) {
        ObjectMeta meta = ObjectMeta.of(pod);
        List<ObjectValue> out = new ArrayList<>();
        for (StoredObject stored : budgets.get().current(meta.namespace())) {
            ObjectValue budget = stored.tree();
            if (matches(budget.objectOrEmpty("spec").getObject("selector"), meta.labels())) {
                out.add(budget);
            }
        }
        return out;
    }

    private static boolean matches(@Nullable ObjectValue selector, ObjectValue labels) {
        try {
            return LabelSelector.ofObject(selector).matches(labels);
        } catch (ApiException e) {
            return false; // a selector that cannot be read matches nothing
        }
    }

    /** True where a pod that is not ready may go although the budget allows no disruption of ready ones. */
    static boolean freesUnready(ObjectValue budget) {
        if (budget.objectOrEmpty("spec")
                .stringOrEmpty("unhealthyPodEvictionPolicy")
                .equals("AlwaysAllow")) {
            return true;
        }
        ObjectValue status = budget.objectOrEmpty("status");
        long desired = status.longOr("desiredHealthy", 0);
        return desired > 0 && status.longOr("currentHealthy", 0) >= desired;
    }

    /** Takes a pod from what a budget allows; throws where it allows none. */
    void take(ObjectValue budget, String pod, boolean dryRun, Instant now) {
        ObjectMeta meta = ObjectMeta.of(budget);
        ObjectValue current = budget;
        while (true) {
            allowed(current);
            if (dryRun || write(meta, taken(current, pod, now))) {
                return;
            }
            StoredObject again = budgets.get().get(meta.namespace(), meta.name());
            if (again == null) {
                throw Status.notFound("policy", "poddisruptionbudgets", meta.name())
                        .asException();
            }
            current = again.tree();
        }
    }

    private static void allowed(ObjectValue budget) {
        ObjectMeta meta = ObjectMeta.of(budget);
        ObjectValue status = budget.objectOrEmpty("status");
        if (status.longOr("observedGeneration", 0) < meta.generation()) {
            throw busy(meta.name());
        }
        long left = status.longOr("disruptionsAllowed", 0);
        if (left < 0) {
            throw forbidden(meta.name(), "pdb disruptions allowed is negative", "pdb disruptions allowed is negative");
        }
        if (status.objectOrEmpty("disruptedPods").size() > MOST_PENDING) {
            throw forbidden(
                    meta.name(),
                    "DisruptedPods map too big - too many evictions not confirmed by PDB controller",
                    "too many pending evictions not confirmed by PDB controller");
        }
        if (left == 0) {
            throw tooMany(0, none(meta.name(), status));
        }
    }

    /** 429: the controller of budgets is not through with this one. */
    static ApiException busy(String budget) {
        return tooMany(10, "The disruption budget " + budget + " is still being processed by the server.");
    }

    private static ApiException tooMany(int seconds, String cause) {
        return withCause(Status.tooManyRequests(FULL, seconds), cause);
    }

    private static ApiException forbidden(String budget, String why, String cause) {
        Status status = Status.forbidden("policy", "poddisruptionbudget", budget, why);
        return withCause(
                status, "The disruption budget " + budget + " does not allow evicting pods currently: " + cause);
    }

    private static ApiException withCause(Status status, String cause) {
        Status.Details details = status.details();
        Status.Details own = details == null ? Status.Details.of("", "", "") : details;
        return status.withDetails(new Status.Details(
                        own.name(), own.group(), own.kind(), own.uid(), List.of(new Status.Cause(CAUSE, cause, ""))))
                .asException();
    }

    private static String none(String budget, ObjectValue status) {
        ConditionView condition = ConditionView.find(status.arrayOrEmpty("conditions"), "DisruptionAllowed");
        boolean told = condition != null
                && condition.status().equals("False")
                && !condition.message().isEmpty();
        String start = "The disruption budget " + budget;
        if (told && condition != null && condition.reason().equals("SyncFailed")) {
            return start + " does not allow evicting pods currently because it failed sync: " + condition.message();
        }
        long healthy = status.longOr("currentHealthy", 0);
        long desired = status.longOr("desiredHealthy", 0);
        if (healthy <= desired) {
            return start + " needs " + desired + " healthy pods and has " + healthy + " currently";
        }
        String denied = start + " does not allow evicting pods currently";
        return told && condition != null ? denied + " (" + condition.reason() + "): " + condition.message() : denied;
    }

    private static ObjectValue taken(ObjectValue budget, String pod, Instant now) {
        ObjectValue status = budget.objectOrEmpty("status");
        long left = status.longOr("disruptionsAllowed", 0) - 1;
        String time = Timestamp.format(now);
        ObjectValue pods = status.objectOrEmpty("disruptedPods").with(pod, time);
        ObjectValue out = status.with("disruptionsAllowed", Value.of(left)).with("disruptedPods", pods);
        if (left == 0) {
            out = out.with("conditions", insufficient(status, time));
        }
        return budget.with("status", out);
    }

    private static ArrayValue insufficient(ObjectValue status, String now) {
        ArrayValue conditions = status.arrayOrEmpty("conditions");
        int at = -1;
        for (int i = 0; i < conditions.size(); i++) {
            at = conditions.objectAt(i).stringOrEmpty("type").equals("DisruptionAllowed") ? i : at;
        }
        ObjectValue before = at < 0 ? ObjectValue.EMPTY : conditions.objectAt(at);
        String since =
                before.stringOrEmpty("status").equals("False") ? before.stringOrEmpty("lastTransitionTime") : now;
        ObjectEditor made =
                ObjectValue.builder().put("type", "DisruptionAllowed").put("status", "False");
        long generation = status.longOr("observedGeneration", 0);
        if (generation != 0) {
            made.put("observedGeneration", generation);
        }
        ObjectValue condition = made.put("lastTransitionTime", since)
                .put("reason", "InsufficientPods")
                .put("message", "")
                .build();
        return at < 0 ? conditions.plus(condition) : conditions.with(at, condition);
    }

    /** False where somebody else was faster. */
    private boolean write(ObjectMeta meta, ObjectValue budget) {
        String path =
                "/apis/policy/v1/namespaces/" + meta.namespace() + "/poddisruptionbudgets/" + meta.name() + "/status";
        InnerDoor.Answer answer = door.send("PUT", path, budget);
        if (answer.isSuccess()) {
            return true;
        }
        if (answer.code() == 409) {
            return false;
        }
        throw Status.plain(answer.message()).asException();
    }
}
