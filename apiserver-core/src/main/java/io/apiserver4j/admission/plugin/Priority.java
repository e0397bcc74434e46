// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/** Pods get the number and the preemption policy of their priority class, or of the default one. */
final class Priority implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "Priority";

    private static final String CLASSES = "priorityclasses.scheduling.k8s.io";
    private static final PriorityClass NONE = new PriorityClass("", 0, "PreemptLowerPriority", true);

    private final LiveObjects objects;
    private final LiveObjects.Memo<PriorityClass> classes = new LiveObjects.Memo<>(PriorityClass::of);

    Priority(LiveObjects objects) {
        this.objects = objects;
    }

    private record PriorityClass(
            String name, long value, @Nullable String preemptionPolicy, boolean globalDefault) {
        static PriorityClass of(ObjectValue tree) {
            return new PriorityClass(
                    tree.objectOrEmpty("metadata").stringOrEmpty("name"),
                    tree.longOr("value", 0),
                    tree.getString("preemptionPolicy"),
                    tree.isTrue("globalDefault"));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue pod = request.requireObject();
        if (!request.isFor("", "pods")) {
            return pod;
        }
        ObjectValue old = request.oldObject();
        if (request.operation() == Operation.UPDATE && old != null) {
            return kept(kept(pod, old, "priority"), old, "preemptionPolicy");
        }
        return request.operation() == Operation.CREATE ? resolved(request, pod) : pod;
    }

    /** What this plugin once set stays where an update leaves it out. */
    private static ObjectValue kept(ObjectValue pod, ObjectValue old, String field) {
        Value before = old.objectOrEmpty("spec").get(field);
        return before == null || pod.objectOrEmpty("spec").has(field) ? pod : pod.withAt(before, "spec", field);
    }

    private ObjectValue resolved(AdmissionRequest request, ObjectValue pod) {
        ObjectValue spec = pod.objectOrEmpty("spec");
        String className = spec.stringOrEmpty("priorityClassName");
        PriorityClass known = className.isEmpty() ? defaultClass() : classOf(request, className);
        Long given = spec.getLong("priority");
        if (given != null && given != known.value()) {
            throw request.forbidden("the integer value of priority (" + given
                    + ") must not be provided in pod spec; priority admission controller computed " + known.value()
                    + " from the given PriorityClass name");
        }
        ObjectValue out = known.name().isEmpty() ? spec : spec.with("priorityClassName", known.name());
        out = out.with("priority", Value.of(known.value()));
        String policy = known.preemptionPolicy();
        if (policy != null) {
            String givenPolicy = spec.getString("preemptionPolicy");
            if (givenPolicy != null && !givenPolicy.equals(policy)) {
                throw request.forbidden("the string value of PreemptionPolicy (" + givenPolicy
                        + ") must not be provided in pod spec; priority admission controller computed " + policy
                        + " from the given PriorityClass name");
            }
            out = out.with("preemptionPolicy", policy);
        }
        return pod.with("spec", out);
    }

    private PriorityClass classOf(AdmissionRequest request, String name) {
        StoredObject found = objects.find(CLASSES, "", name);
        if (found == null) {
            throw request.forbidden("no PriorityClass with name " + name + " was found");
        }
        return classes.of(found);
    }

    private PriorityClass defaultClass() {
        PriorityClass marked = markedDefault();
        return marked == null ? NONE : marked;
    }

    /** The class that is marked as default, the lowest where several are; null where none is. */
    private @Nullable PriorityClass markedDefault() {
        PriorityClass lowest = null;
        for (StoredObject one : objects.known(CLASSES, "")) {
            PriorityClass known = classes.of(one);
            if (known.globalDefault() && (lowest == null || known.value() < lowest.value())) {
                lowest = known;
            }
        }
        return lowest;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue object = request.object();
        if (object == null
                || !request.isFor("scheduling.k8s.io", "priorityclasses")
                || !object.isTrue("globalDefault")) {
            return;
        }
        PriorityClass marked = markedDefault();
        boolean another = marked != null
                && (request.operation() == Operation.CREATE
                        || request.operation() == Operation.UPDATE
                                && !marked.name()
                                        .equals(PriorityClass.of(object).name()));
        if (marked != null && another) {
            throw request.forbidden(
                    "PriorityClass " + marked.name() + " is already marked as default. Only one default can exist");
        }
    }
}
