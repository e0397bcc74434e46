// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.Map;

/**
 * Amounts of resources are rounded up to thousandths, wherever lists of them stand in a kind that has defaults at all
 * (so not in the overhead of a runtime class).
 */
final class QuantityRounding {
    /** The lists of amounts, by the type they are fields of. */
    static final Map<String, List<String>> FIELDS = Map.ofEntries(
            Map.entry("api/core/v1.ContainerStatus", List.of("allocatedResources")),
            Map.entry(
                    "api/core/v1.LimitRangeItem",
                    List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")),
            Map.entry("api/core/v1.NodeStatus", List.of("capacity", "allocatable")),
            Map.entry("api/core/v1.PersistentVolumeClaimStatus", List.of("capacity", "allocatedResources")),
            Map.entry("api/core/v1.PersistentVolumeSpec", List.of("capacity")),
            Map.entry("api/core/v1.PodSpec", List.of("overhead")),
            Map.entry("api/core/v1.PodStatus", List.of("allocatedResources")),
            Map.entry("api/core/v1.ResourceQuotaSpec", List.of("hard")),
            Map.entry("api/core/v1.ResourceQuotaStatus", List.of("hard", "used")),
            Map.entry("api/core/v1.ResourceRequirements", List.of("limits", "requests")),
            Map.entry("api/core/v1.VolumeResourceRequirements", List.of("limits", "requests")));

    private static final int MILLI = -3;

    private QuantityRounding() {}

    /** The rule of a type with such fields. */
    static DefaultRule of(List<String> fields) {
        return object -> {
            ObjectValue out = object;
            for (String field : fields) {
                out = Fill.in(out, field, QuantityRounding::rounded);
            }
            return out;
        };
    }

    private static ObjectValue rounded(ObjectValue amounts) {
        ObjectValue out = amounts;
        for (int i = 0; i < amounts.size(); i++) {
            String text = amounts.valueAt(i).asString();
            if (text != null && isFine(text)) {
                Quantity rounded = Quantity.parse(text).roundedUp(MILLI);
                out = Fill.set(out, amounts.keyAt(i), Value.of(rounded.toString()));
            }
        }
        return out;
    }

    /** False where the canonical form shows at once that there is nothing below a thousandth. */
    private static boolean isFine(String text) {
        char last = text.isEmpty() ? '0' : text.charAt(text.length() - 1);
        return last == 'n' || last == 'u' || text.indexOf("e-") > 0;
    }
}
