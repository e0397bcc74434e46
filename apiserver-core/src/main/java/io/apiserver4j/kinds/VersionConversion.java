// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.ObjectValue;
import java.util.function.UnaryOperator;

/** The two directions between a served version and the stored one, for the few kinds that are served in more than one. */
record VersionConversion(UnaryOperator<ObjectValue> toStored, UnaryOperator<ObjectValue> fromStored) {
    /** The conversion of a kind that is not stored as it is served. */
    static VersionConversion of(Kind kind) {
        return switch (kind.toString()) {
            case "events.k8s.io/v1, Kind=Event" -> new VersionConversion(Events::toCore, Events::fromCore);
            case "autoscaling/v1, Kind=HorizontalPodAutoscaler" ->
                new VersionConversion(Autoscalers::toV2, Autoscalers::fromV2);
            default -> throw new IllegalStateException("no conversion of " + kind);
        };
    }
}
