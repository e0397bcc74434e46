// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** The class of a pod by what it asks for: what is guaranteed to it, and when it goes first if a node runs out. */
public final class QualityOfService {
    private static final String BEST_EFFORT = "BestEffort";
    private static final String BURSTABLE = "Burstable";
    private static final String GUARANTEED = "Guaranteed";

    private QualityOfService() {}

    /** The class of a pod, from its own resources if it has some, else from those of its containers. */
    public static String of(ObjectValue pod) {
        ObjectValue spec = pod.objectOrEmpty("spec");
        ObjectValue own = spec.objectOrEmpty("resources");
        if (hasPodLevel(own.objectOrEmpty("requests")) || hasPodLevel(own.objectOrEmpty("limits"))) {
            return ofRequirements(own);
        }
        String common = "";
        for (String list : List.of("initContainers", "containers")) {
            for (ObjectValue container : spec.arrayOrEmpty(list).objects()) {
                String one = ofRequirements(container.objectOrEmpty("resources"));
                if (one.equals(BURSTABLE) || !common.isEmpty() && !common.equals(one)) {
                    return BURSTABLE;
                }
                common = one;
            }
        }
        return common.isEmpty() ? BEST_EFFORT : common;
    }

    private static boolean hasPodLevel(ObjectValue amounts) {
        for (ObjectValue.Member member : amounts) {
            if (ResourceRules.isPodLevel(member.key())) {
                return true;
            }
        }
        return false;
    }

    private static String ofRequirements(ObjectValue resources) {
        ObjectValue requests = resources.objectOrEmpty("requests");
        ObjectValue limits = resources.objectOrEmpty("limits");
        String common = "";
        for (String name : List.of("cpu", "memory")) {
            Quantity request = amount(requests, name);
            if (request.compareTo(amount(limits, name)) != 0) {
                return BURSTABLE;
            }
            String one = request.isZero() ? BEST_EFFORT : GUARANTEED;
            if (!common.isEmpty() && !common.equals(one)) {
                return BURSTABLE;
            }
            common = one;
        }
        return common;
    }

    private static Quantity amount(ObjectValue amounts, String name) {
        String text = amounts.getString(name);
        return text == null ? Quantity.ZERO : Quantity.parse(text);
    }
}
