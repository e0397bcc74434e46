// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.PodLevelResources;
import io.apiserver4j.kinds.pod.GatedFields;
import io.apiserver4j.kinds.pod.QualityOfService;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.WireOrder;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server makes of a pod before it is checked: the status of a new one, and what each path of a change may
 * change.
 */
final class PodPreparation {
    private static final Kind POD = new Kind("", "v1", "Pod");
    private static final List<String> METADATA_OF_STATUS = List.of(
            "deletionTimestamp", "generation", "selfLink", "labels", "annotations", "finalizers", "ownerReferences");

    private PodPreparation() {}

    /** A pod with its members in the order of the wire; what is the same in the pod of before is in order. */
    static ObjectValue inOrder(ObjectValue pod, ObjectValue before) {
        Schema schema = SchemaFacts.builtin().kind(POD);
        Value ordered = schema == null ? pod : WireOrder.restore(schema, pod, before);
        ObjectValue object = ordered.asObject();
        return object == null ? pod : object;
    }

    /** A new pod. */
    static ObjectValue created(ObjectValue pod, StrategyContext context) {
        ObjectValue out = withoutGated(pod, null);
        ObjectValue status = ObjectValue.of("phase", Value.of("Pending"));
        if (!out.objectOrEmpty("spec").arrayOrEmpty("schedulingGates").isEmpty()) {
            status = PodConditions.put(
                    status,
                    "PodScheduled",
                    "False",
                    "SchedulingGated",
                    "Scheduling is blocked due to non-empty scheduling gates",
                    Timestamp.format(context.now()));
        }
        ObjectValue labels = out.objectAt("metadata", "labels");
        out = out.update("spec", spec -> selectorsMerged(spec, labels));
        out = PodLevelResources.filled(out);
        out = out.with("status", status.with("qosClass", QualityOfService.of(out)));
        return inOrder(out, pod);
    }

    private static ObjectValue withoutGated(ObjectValue pod, @Nullable ObjectValue old) {
        ObjectValue spec = pod.objectOrEmpty("spec");
        ObjectValue kept = GatedFields.dropped(spec, old == null ? null : old.getObject("spec"));
        ObjectValue annotations = pod.objectAt("metadata", "annotations");
        ObjectValue keptAnnotations = GatedFields.droppedAnnotations(annotations);
        ObjectValue out = kept == spec ? pod : pod.with("spec", kept);
        return keptAnnotations.size() == annotations.size()
                ? out
                : out.update("metadata", metadata -> metadata.with("annotations", keptAnnotations));
    }

    /** The keys that a selector takes from the pod's own labels become parts of it, with the values of the labels. */
    private static ObjectValue selectorsMerged(ObjectValue spec, ObjectValue labels) {
        ObjectValue out = eachItem(spec, "topologySpreadConstraints", one -> selectorMerged(one, labels));
        ObjectValue affinity = out.getObject("affinity");
        if (affinity == null) {
            return out;
        }
        ObjectValue merged = affinity;
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            ObjectValue pods = merged.getObject(kind);
            if (pods == null) {
                continue;
            }
            ObjectValue changed = eachItem(
                    pods, "requiredDuringSchedulingIgnoredDuringExecution", term -> selectorMerged(term, labels));
            changed = eachItem(
                    changed,
                    "preferredDuringSchedulingIgnoredDuringExecution",
                    term -> term.has("podAffinityTerm")
                            ? term.update("podAffinityTerm", inner -> selectorMerged(inner, labels))
                            : term);
            merged = changed == pods ? merged : merged.with(kind, changed);
        }
        return merged == affinity ? out : out.with("affinity", merged);
    }

    private interface Change {
        ObjectValue of(ObjectValue item);
    }

    private static ObjectValue eachItem(ObjectValue holder, String list, Change change) {
        ArrayValue items = holder.getArray(list);
        if (items == null) {
            return holder;
        }
        ArrayValue changed = items.map(item -> {
            ObjectValue object = item.asObject();
            return object == null ? item : change.of(object);
        });
        return changed == items ? holder : holder.with(list, changed);
    }

    private static ObjectValue selectorMerged(ObjectValue term, ObjectValue labels) {
        ObjectValue selector = term.getObject("labelSelector");
        if (selector == null) {
            return term;
        }
        List<Value> added = new ArrayList<>();
        added(term.arrayOrEmpty("matchLabelKeys").strings(), "In", labels, added);
        added(term.arrayOrEmpty("mismatchLabelKeys").strings(), "NotIn", labels, added);
        if (added.isEmpty()) {
            return term;
        }
        List<Value> all =
                new ArrayList<>(selector.arrayOrEmpty("matchExpressions").items());
        all.addAll(added);
        return term.with("labelSelector", selector.with("matchExpressions", ArrayValue.of(all)));
    }

    private static void added(List<String> keys, String operator, ObjectValue labels, List<Value> out) {
        for (String key : keys) {
            String value = labels.getString(key);
            if (value != null) {
                out.add(ObjectValue.builder()
                        .put("key", key)
                        .put("operator", operator)
                        .put("values", ArrayValue.of(Value.of(value)))
                        .build());
            }
        }
    }

    /** A changed pod, with what its path may not change put back. */
    static ObjectValue updated(ObjectValue updated, ObjectValue current, StrategyContext context) {
        ObjectValue out = switch (context.subresource()) {
            case "" -> resourcesKept(updated, current);
            case "status" -> statusKept(updated, current);
            case "ephemeralcontainers" -> ephemeralContainers(updated, current);
            case "resize" -> resized(updated, current);
            default -> updated;
        };
        return inOrder(withoutGated(out, current), current);
    }

    /** Resources of the pod as a whole stay where a client does not know them. */
    private static ObjectValue resourcesKept(ObjectValue updated, ObjectValue current) {
        Value before = current.at("spec", "resources");
        return before == null || updated.at("spec", "resources") != null
                ? updated
                : updated.withAt(before, "spec", "resources");
    }

    /** What older clients leave out of a status stays. */
    private static ObjectValue statusKept(ObjectValue updated, ObjectValue current) {
        ObjectValue before = current.objectOrEmpty("status");
        ObjectValue status = updated.objectOrEmpty("status");
        for (String field : List.of(
                "qosClass",
                "resourceClaimStatuses",
                "extendedResourceClaimStatus",
                "nodeAllocatableResourceClaimStatuses",
                "observedGeneration")) {
            Value value = before.get(field);
            if (value != null && (!status.has(field) || status.longOr(field, 1) == 0 || isEmptyText(status, field))) {
                status = status.with(field, value);
            }
        }
        Map<String, Deque<Long>> generations = new HashMap<>();
        for (ObjectValue condition : before.arrayOrEmpty("conditions").objects()) {
            generations
                    .computeIfAbsent(condition.stringOrEmpty("type"), any -> new ArrayDeque<>())
                    .add(condition.longOr("observedGeneration", 0));
        }
        status = eachItem(status, "conditions", condition -> {
            Deque<Long> known = generations.get(condition.stringOrEmpty("type"));
            Long generation = known == null ? null : known.poll();
            return generation == null || generation == 0 || condition.longOr("observedGeneration", 0) != 0
                    ? condition
                    : condition.with("observedGeneration", Value.of(generation));
        });
        return updated.with("status", status);
    }

    private static boolean isEmptyText(ObjectValue status, String field) {
        return field.equals("qosClass") && status.stringOrEmpty(field).isEmpty();
    }

    private static ObjectValue ephemeralContainers(ObjectValue updated, ObjectValue current) {
        Value containers = updated.at("spec", "ephemeralContainers");
        ObjectValue spec = current.objectOrEmpty("spec").withOrWithout("ephemeralContainers", containers);
        return onlySpec(updated, current, spec);
    }

    /** The pod of before with another spec, and what a change of a subresource may change of its metadata. */
    private static ObjectValue onlySpec(ObjectValue updated, ObjectValue current, ObjectValue spec) {
        ObjectValue before = current.objectOrEmpty("metadata");
        ObjectValue metadata = updated.objectOrEmpty("metadata");
        for (String name : METADATA_OF_STATUS) {
            Value value = before.get(name);
            metadata = value == null ? metadata.without(name) : MetadataOrder.put(metadata, name, value);
        }
        return current.with("spec", spec).with("metadata", metadata);
    }

    /** Only resources and how they are resized; a pod with other containers is left to the rules. */
    private static ObjectValue resized(ObjectValue updated, ObjectValue current) {
        ObjectValue given = updated.objectOrEmpty("spec");
        ObjectValue spec = current.objectOrEmpty("spec");
        for (String list : List.of("containers", "initContainers")) {
            if (given.arrayOrEmpty(list).size() != spec.arrayOrEmpty(list).size()) {
                return resourcesKept(updated, current);
            }
        }
        for (String list : List.of("containers", "initContainers")) {
            ArrayValue old = spec.arrayOrEmpty(list);
            if (!old.isEmpty()) {
                spec = spec.with(list, resizedContainers(given.arrayOrEmpty(list), old));
            }
        }
        Value resources = given.get("resources");
        spec = spec.withOrWithout("resources", resources == null ? spec.get("resources") : resources);
        ObjectValue out = onlySpec(updated, current, spec);
        return spec.has("resources") ? PodLevelResources.filled(out) : out;
    }

    private static ArrayValue resizedContainers(ArrayValue given, ArrayValue old) {
        ArrayValue out = old;
        for (int i = 0; i < given.size(); i++) {
            ObjectValue container = given.objectAt(i);
            ObjectValue before = old.objectAt(i);
            if (!container.stringOrEmpty("name").equals(before.stringOrEmpty("name"))) {
                return given;
            }
            out = out.with(
                    i,
                    before.withOrWithout("resources", container.get("resources"))
                            .withOrWithout("resizePolicy", container.get("resizePolicy")));
        }
        return out;
    }
}
