// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.value.ObjectValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules of parts of a pod spec must know of the spec as a whole.
 *
 * @param gracePeriod the seconds that containers have to end, null where that is missing
 * @param restartPolicy of the pod
 * @param hostUsers false where the pod has users of its own
 * @param volumes its valid volumes by name
 * @param claims the names of its resource claims
 * @param leniency what old objects may keep
 */
record PodScope(
        @Nullable Long gracePeriod,
        String restartPolicy,
        boolean hostUsers,
        Map<String, ObjectValue> volumes,
        Set<String> claims,
        Leniency leniency) {}
