// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.admission.expression.MatchConditions;
import io.apiserver4j.admission.match.MatchCriteria;
import io.apiserver4j.outbound.CallTarget;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One webhook of a configuration, compiled. Immutable.
 *
 * @param configuration the name of the configuration
 * @param id tells webhooks apart, also those of one name
 * @param failOpen true where a call that fails lets the request through
 * @param dryRuns true where the webhook may be asked about dry runs
 * @param reviewVersions the versions of reviews that the webhook knows, the preferred one first
 * @param reinvoke true where it wants to see what later webhooks changed
 * @param conditions further conditions, or null where there are none
 */
record Webhook(
        String configuration,
        String name,
        String id,
        CallTarget target,
        MatchCriteria criteria,
        Duration patience,
        boolean failOpen,
        boolean dryRuns,
        List<String> reviewVersions,
        boolean reinvoke,
        @Nullable MatchConditions conditions) {
    private static final Set<String> WITHOUT_EFFECTS = Set.of("None", "NoneOnDryRun");

    /** The webhooks of a configuration, in their order. */
    static List<Webhook> all(ObjectValue configuration) {
        String owner = configuration.objectOrEmpty("metadata").stringOrEmpty("name");
        Map<String, Integer> names = new HashMap<>();
        List<Webhook> out = new ArrayList<>();
        for (ObjectValue webhook : configuration.arrayOrEmpty("webhooks").objects()) {
            String name = webhook.stringOrEmpty("name");
            int count = names.merge(name, 1, Integer::sum) - 1;
            boolean failOpen = webhook.stringOrEmpty("failurePolicy").equals("Ignore");
            List<ObjectValue> conditions =
                    webhook.arrayOrEmpty("matchConditions").objects();
            out.add(new Webhook(
                    owner,
                    name,
                    owner + "/" + name + "/" + count,
                    CallTarget.of(webhook.objectOrEmpty("clientConfig")),
                    MatchCriteria.ofWebhook(webhook),
                    Duration.ofSeconds(webhook.longOr("timeoutSeconds", 10)),
                    failOpen,
                    WITHOUT_EFFECTS.contains(webhook.stringOrEmpty("sideEffects")),
                    webhook.arrayOrEmpty("admissionReviewVersions").strings(),
                    webhook.stringOrEmpty("reinvocationPolicy").equals("IfNeeded"),
                    conditions.isEmpty() ? null : MatchConditions.compile(conditions, AdmissionVariables.ofWebhook())));
        }
        return List.copyOf(out);
    }
}
