// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** While gates hold a pod back, what it asks of its node may become narrower. */
final class PodPlacementRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private PodPlacementRules() {}

    /** Checks those changes; answers the spec without them. */
    static ObjectValue masked(ObjectValue spec, ObjectValue old, FieldErrors errors) {
        ObjectValue out = spec;
        ObjectValue selector = spec.objectOrEmpty("nodeSelector");
        ObjectValue oldSelector = old.objectOrEmpty("nodeSelector");
        if (!selector.equals(oldSelector)) {
            for (ObjectValue.Member one : oldSelector) {
                if (!one.value().equals(selector.get(one.key()))) {
                    errors.invalidShown(
                            ValuePath.of("spec", "nodeSelector"),
                            selector.isEmpty() ? "null" : selector.toString(),
                            "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
                    break;
                }
            }
            out = out.withOrWithout("nodeSelector", old.get("nodeSelector"));
        }
        Value nodes = spec.at("affinity", "nodeAffinity");
        Value oldNodes = old.at("affinity", "nodeAffinity");
        if (Objects.equals(nodes, oldNodes)) {
            return out;
        }
        terms(spec, old, errors);
        ObjectValue affinity = spec.objectOrEmpty("affinity").withOrWithout("nodeAffinity", oldNodes);
        return out.withOrWithout("affinity", affinity.isEmpty() && !old.has("affinity") ? null : affinity);
    }

    private static ArrayValue requiredTerms(ObjectValue spec) {
        return spec.objectAt("affinity", "nodeAffinity", REQUIRED).arrayOrEmpty("nodeSelectorTerms");
    }

    private static void terms(ObjectValue spec, ObjectValue old, FieldErrors errors) {
        ArrayValue now = requiredTerms(spec);
        ArrayValue before = requiredTerms(old);
        ValuePath path = ValuePath.of("spec", "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms");
        if (!before.isEmpty() && before.size() != now.size()) {
            errors.invalidShown(
                    path,
                    InternalForm.shown("[]core.NodeSelectorTerm", now.isEmpty() ? null : now),
                    "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!onlyAdded(now.objectAt(i), before.objectAt(i))) {
                errors.invalidShown(
                        path.index(i),
                        InternalForm.shown("core.NodeSelectorTerm", now.objectAt(i)),
                        "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean onlyAdded(ObjectValue now, ObjectValue before) {
        boolean wasEmpty = true;
        for (String list : List.of("matchExpressions", "matchFields")) {
            ArrayValue old = before.arrayOrEmpty(list);
            ArrayValue items = now.arrayOrEmpty(list);
            wasEmpty &= old.isEmpty();
            if (items.size() < old.size() || !startsWith(items, old)) {
                return false;
            }
        }
        return !wasEmpty || isEmpty(now.get("matchExpressions")) && isEmpty(now.get("matchFields"));
    }

    private static boolean isEmpty(@Nullable Value value) {
        ArrayValue list = value == null ? null : value.asArray();
        return list == null || list.isEmpty();
    }

    private static boolean startsWith(ArrayValue items, ArrayValue start) {
        return items.items().subList(0, start.size()).equals(start.items());
    }
}
