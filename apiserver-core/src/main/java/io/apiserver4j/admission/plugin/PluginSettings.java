// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.plugin.podsecurity.PodSecuritySettings;
import io.apiserver4j.admission.plugin.quota.LimitedResource;
import java.util.List;

/**
 * What the built-in plugins are told.
 *
 * @param notReadySeconds how long pods tolerate nodes that are not ready, where they don't say
 * @param unreachableSeconds how long pods tolerate nodes that are not reachable, where they don't say
 * @param podSecurity defaults and exemptions of PodSecurity
 * @param limitedResources what ResourceQuota lets be used only where a quota covers it
 * @param nodeSelectors defaults and limits of PodNodeSelector
 * @param tolerations defaults and limits of PodTolerationRestriction
 * @param eventLimits what EventRateLimit takes
 */
public record PluginSettings(
        long notReadySeconds,
        long unreachableSeconds,
        PodSecuritySettings podSecurity,
        List<LimitedResource> limitedResources,
        NodeSelectors nodeSelectors,
        TolerationRules tolerations,
        List<EventLimit> eventLimits) {
    /** As the real server has it without configuration. */
    public static final PluginSettings STANDARD = new PluginSettings(
            300, 300, PodSecuritySettings.NONE, List.of(), NodeSelectors.NONE, TolerationRules.NONE, List.of());

    public PluginSettings {
        limitedResources = List.copyOf(limitedResources);
        eventLimits = List.copyOf(eventLimits);
    }

    /** The same with other seconds. */
    public PluginSettings withTolerationSeconds(long notReady, long unreachable) {
        return new PluginSettings(
                notReady, unreachable, podSecurity, limitedResources, nodeSelectors, tolerations, eventLimits);
    }
}
