// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ObjectValue;
import java.time.InstantSource;
import java.util.Map;

/** The group resource.k8s.io. */
final class ResourceDefaults {
    private ResourceDefaults() {}

    static Map<String, DefaultRule> rules(InstantSource clock) {
        return Map.of(
                "api/resource/v1.DeviceSubRequest",
                ResourceDefaults::count,
                "api/resource/v1.DeviceTaint",
                taint -> Fill.absent(taint, "timeAdded", Timestamp.format(clock.instant())),
                "api/resource/v1.ExactDeviceRequest",
                ResourceDefaults::count);
    }

    private static ObjectValue count(ObjectValue request) {
        return request.stringOrEmpty("allocationMode").equals("ExactCount")
                ? Fill.absent(request, "count", 1)
                : request;
    }
}
