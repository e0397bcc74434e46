// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.function.UnaryOperator;

/** Takes out fields that belong to features which are off in this version of Kubernetes. */
final class DisabledFields {
    private static final List<String> LISTS = List.of("ints", "bools", "strings", "versions");

    private DisabledFields() {}

    /** A claim's spec without derived attributes. */
    static ObjectValue ofClaim(ObjectValue spec) {
        return within(
                spec,
                "devices",
                devices -> each(devices, "requests", request -> {
                    ObjectValue exactly = within(request, "exactly", one -> one.without("derivedAttributes"));
                    return each(exactly, "firstAvailable", one -> one.without("derivedAttributes"));
                }));
    }

    /** A claim's status without skipped operations of nodes. */
    static ObjectValue ofStatus(ObjectValue status) {
        return within(
                status,
                "allocation",
                allocation -> within(
                        allocation,
                        "devices",
                        devices -> each(devices, "results", result -> result.without("skipNodeOperations"))));
    }

    /** A slice's spec without what devices cannot say yet. */
    static ObjectValue ofSlice(ObjectValue spec) {
        ObjectValue out = spec.without("partitionTypeAttribute").without("skipNodeOperations");
        return each(out, "devices", device -> {
            ObjectValue plain = device.without("nodeAllocatableResources");
            plain = each(plain, "consumesCounters", consumption -> consumption.without("compatibilityGroups"));
            return within(plain, "attributes", DisabledFields::withoutLists);
        });
    }

    private static ObjectValue withoutLists(ObjectValue attributes) {
        ObjectEditor out = attributes.edit();
        for (ObjectValue.Member member : attributes) {
            ObjectValue attribute = member.value().asObject();
            if (attribute != null) {
                ObjectValue plain = attribute;
                for (String list : LISTS) {
                    plain = plain.without(list);
                }
                out.put(member.key(), plain);
            }
        }
        return out.build();
    }

    private static ObjectValue within(ObjectValue holder, String name, UnaryOperator<ObjectValue> change) {
        ObjectValue inner = holder.getObject(name);
        return inner == null ? holder : holder.with(name, change.apply(inner));
    }

    private static ObjectValue each(ObjectValue holder, String name, UnaryOperator<ObjectValue> change) {
        ArrayValue items = holder.getArray(name);
        return items == null
                ? holder
                : holder.with(name, items.map(item -> {
                    ObjectValue object = item.asObject();
                    Value changed = object == null ? item : change.apply(object);
                    return changed;
                }));
    }
}
