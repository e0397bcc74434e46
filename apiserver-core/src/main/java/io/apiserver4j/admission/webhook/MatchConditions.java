// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of one webhook, compiled. */
@FunctionalInterface
interface MatchConditions {
    /** What conditions come to: met or not, or why that can't be said. */
    record Outcome(boolean met, @Nullable String failure) {
        static final Outcome MET = new Outcome(true, null);
        static final Outcome NOT_MET = new Outcome(false, null);
    }

    /** Asks about a request in the version that the webhook sees. */
    Outcome of(AdmissionRequest seen);

    /** Makes conditions of {@code matchConditions}. */
    @FunctionalInterface
    interface Compiler {
        /**
         * The conditions.
         *
         * @param failOpen true where one that can't be evaluated keeps the webhook from being called
         */
        MatchConditions compile(List<ObjectValue> conditions, boolean failOpen);
    }
}
