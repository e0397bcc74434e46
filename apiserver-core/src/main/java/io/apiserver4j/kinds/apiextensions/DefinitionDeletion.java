// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The first deletion of a definition: it is marked, waits for its objects to go, and says so by a condition. */
final class DefinitionDeletion {
    private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private DefinitionDeletion() {}

    static ObjectValue mark(ObjectValue object, List<String> finalizers, Instant now) {
        String time = Timestamp.format(now);
        List<String> kept = new ArrayList<>(finalizers);
        if (!kept.contains(FINALIZER)) {
            kept.add(FINALIZER);
        }
        ObjectValue condition = ObjectValue.builder()
                .put("type", "Terminating")
                .put("status", "True")
                .put("lastTransitionTime", time)
                .put("reason", "InstanceDeletionPending")
                .put("message", "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon")
                .build();
        ArrayValue conditions = object.objectOrEmpty("status").arrayOrEmpty("conditions");
        ArrayValue changed = ObjectMeta.of(object).isDeleting() ? conditions : conditions.plus(condition);
        return object.update(
                        "metadata",
                        metadata -> MetadataOrder.put(
                                MetadataOrder.put(metadata, "deletionTimestamp", Value.of(time)),
                                "finalizers",
                                ArrayValue.ofStrings(kept)))
                .update("status", status -> status.with("conditions", changed));
    }
}
