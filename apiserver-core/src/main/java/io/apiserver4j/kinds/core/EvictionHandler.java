// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import io.apiserver4j.view.ConditionView;
import io.apiserver4j.view.PodView;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Removes a pod where its disruption budget allows it: {@code pods/eviction}. */
public final class EvictionHandler implements ResourceHandler {
    private static final Kind EVICTION = new Kind("policy", "v1", "Eviction");
    private static final String TWO_BUDGETS =
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";

    private final Supplier<ObjectStore> pods;
    private final DisruptionBudgets budgets;

    /**
     * A handler.
     *
     * @param server takes the changes of budgets
     */
    public EvictionHandler(
            Supplier<ObjectStore> pods, Supplier<ObjectStore> budgets, Function<ApiRequest, ApiResponse> server) {
        this.pods = pods;
        this.budgets = new DisruptionBudgets(budgets, server);
    }

    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        support.negotiate(call);
        ObjectValue eviction = support.body(call, EVICTION);
        String namespace = ObjectMeta.of(eviction).namespace();
        if (!namespace.isEmpty() && !namespace.equals(call.namespace())) {
            throw Status.badRequest(
                            "the namespace of the provided object does not match the namespace sent on the request")
                    .asException();
        }
        if (!call.name().equals(ObjectMeta.of(eviction).name())) {
            throw Status.badRequest("name in URL does not match name in Eviction object")
                    .asException();
        }
        ObjectValue options = options(call, eviction.objectOrEmpty("deleteOptions"), support.isDryRun(call));
        ObjectValue named = eviction.update(
                "metadata", metadata -> MetadataOrder.put(metadata, "namespace", Value.of(call.namespace())));
        support.admitCreate(call, named.with("deleteOptions", options));
        evict(call, support, options);
        return support.plain(call, Status.success(null).toObject().with("code", Value.of(201)), 201);
    }

    /** The options of the deletion; a dry run may be asked for by them, by the query, or by both alike. */
    private static ObjectValue options(ResourceCall call, ObjectValue options, boolean dryRun) {
        if (options.isTrue("ignoreStoreReadErrorWithClusterBreakingPotential")) {
            FieldErrors errors = new FieldErrors();
            errors.invalidShown(
                    ValuePath.of("deleteOptions", "ignoreStoreReadErrorWithClusterBreakingPotential"),
                    "true",
                    "can not be set for pod eviction, try after removing the option");
            throw Status.invalid("policy", "Eviction", call.name(), errors).asException();
        }
        List<String> own = options.arrayOrEmpty("dryRun").strings();
        List<String> asked = call.request().query().all("dryRun");
        if (own.isEmpty()) {
            return dryRun ? options.with("dryRun", ArrayValue.of(Value.of("All"))) : options;
        }
        if (dryRun && !own.equals(asked)) {
            throw Status.plain("Non-matching dry-run options in request and content: " + goList(asked) + " and "
                            + goList(own))
                    .asException();
        }
        return options;
    }

    private static String goList(List<String> texts) {
        return "[" + String.join(" ", texts) + "]";
    }

    private static boolean isDryRun(ObjectValue options) {
        return !options.arrayOrEmpty("dryRun").isEmpty();
    }

    private void evict(ResourceCall call, HandlerSupport support, ObjectValue options) {
        boolean bound = options.objectOrEmpty("preconditions").has("resourceVersion");
        while (true) {
            ObjectValue pod = support.require(call, call.name());
            if (!needsNoBudget(pod)) {
                withBudget(call, support, options, pod);
                return;
            }
            PodView view = new PodView(pod);
            boolean mayBecomeReady = !view.isFinished() && !isGoing(pod);
            try {
                remove(call, support, mayBecomeReady && !bound ? asRead(options, pod) : options);
                return;
            } catch (ApiException e) {
                if (bound || e.status().code() != 409 || unlike(options, pod)) {
                    throw e;
                }
            }
        }
    }

    /** True where the options ask for another pod than this one, which trying again does not change. */
    private static boolean unlike(ObjectValue options, ObjectValue pod) {
        String uid = options.objectOrEmpty("preconditions").stringOrEmpty("uid");
        return !uid.isEmpty() && !uid.equals(ObjectMeta.of(pod).uid());
    }

    private static boolean isGoing(ObjectValue pod) {
        return pod.objectOrEmpty("metadata").has("deletionTimestamp");
    }

    /** A pod that does not run, or is about to end anyway, disrupts nobody. */
    private static boolean needsNoBudget(ObjectValue pod) {
        PodView view = new PodView(pod);
        return view.isFinished() || view.phase().equals("Pending") || isGoing(pod);
    }

    private static ObjectValue asRead(ObjectValue options, ObjectValue pod) {
        String version = ObjectMeta.of(pod).resourceVersion();
        return options.with(
                "preconditions", options.objectOrEmpty("preconditions").with("resourceVersion", version));
    }

    private void withBudget(ResourceCall call, HandlerSupport support, ObjectValue options, ObjectValue pod) {
        List<ObjectValue> found = budgets.of(pod);
        if (found.size() > 1) {
            throw Status.plain(TWO_BUDGETS).asException();
        }
        if (found.isEmpty()) {
            remove(call, support, options);
            return;
        }
        ObjectValue budget = found.get(0);
        boolean ready = ConditionView.isTrue(pod, "Ready");
        if (ready || !DisruptionBudgets.freesUnready(budget)) {
            budgets.take(budget, call.name(), isDryRun(options), support.now());
            remove(call, support, options);
            return;
        }
        boolean bound = options.objectOrEmpty("preconditions").has("resourceVersion");
        try {
            remove(call, support, asRead(options, pod));
        } catch (ApiException e) {
            // the pod may have become ready in the meantime: the client looks again
            throw e.status().code() == 409 && !bound
                    ? DisruptionBudgets.busy(ObjectMeta.of(budget).name())
                    : e;
        }
    }

    /** Tells the pod why it goes, and removes it. */
    private void remove(ResourceCall call, HandlerSupport support, ObjectValue options) {
        ObjectValue last = options;
        if (!isDryRun(options)) {
            String version = marked(call, support, options);
            ObjectValue preconditions = options.objectOrEmpty("preconditions");
            if (preconditions.has("resourceVersion")) {
                last = options.with("preconditions", preconditions.with("resourceVersion", version));
            }
        }
        support.delete(support.mainResource(call), last);
    }

    private String marked(ResourceCall call, HandlerSupport support, ObjectValue options) {
        ObjectStore store = pods.get();
        while (true) {
            StoredObject found = store.get(call.namespace(), call.name());
            if (found == null) {
                throw support.notFound(call, call.name());
            }
            ObjectValue pod = found.tree();
            check(options.objectOrEmpty("preconditions"), ObjectMeta.of(pod));
            ObjectValue changed = PodPreparation.inOrder(
                    pod.update(
                            "status",
                            status -> PodConditions.put(
                                    status,
                                    "DisruptionTarget",
                                    "True",
                                    "EvictionByEvictionAPI",
                                    "Eviction API: evicting",
                                    Timestamp.format(support.now()))),
                    pod);
            if (store.isUnchanged(found, changed)) {
                return ObjectMeta.of(pod).resourceVersion();
            }
            StoredObject kept = store.replace(found, changed);
            if (kept != null) {
                return Long.toString(kept.revision());
            }
        }
    }

    private static void check(ObjectValue preconditions, ObjectMeta pod) {
        differs("UID", preconditions.getString("uid"), pod.uid(), "deleted and then recreated", pod);
        differs("ResourceVersion", preconditions.getString("resourceVersion"), pod.resourceVersion(), "modified", pod);
    }

    private static void differs(String what, @Nullable String asked, String is, String happened, ObjectMeta pod) {
        if (asked != null && !asked.isEmpty() && !asked.equals(is)) {
            throw Status.conflict(
                            "",
                            "Pod",
                            pod.name(),
                            "the " + what + " in the precondition (" + asked + ") does not match the " + what
                                    + " in record (" + is + "). The object might have been " + happened)
                    .asException();
        }
    }
}
