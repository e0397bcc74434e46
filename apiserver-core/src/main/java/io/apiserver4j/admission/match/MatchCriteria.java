// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a webhook or a policy asks for: rules, match policy, selectors. Compiled once; immutable. */
public final class MatchCriteria {
    private final List<ResourceRule> rules;
    private final List<ResourceRule> excluded;
    private final boolean equivalent;
    private final boolean allWithoutRules;
    private final ObjectValue namespaceSelector;
    private final ObjectValue objectSelector;
    private @Nullable LabelSelector namespaces;
    private @Nullable LabelSelector objects;

    private MatchCriteria(
            List<ResourceRule> rules, List<ResourceRule> excluded, boolean allWithoutRules, ObjectValue source) {
        this.rules = rules;
        this.excluded = excluded;
        this.allWithoutRules = allWithoutRules;
        equivalent = source.stringOrEmpty("matchPolicy").equals("Equivalent");
        namespaceSelector = source.objectOrEmpty("namespaceSelector");
        objectSelector = source.objectOrEmpty("objectSelector");
    }

    /** The criteria of a webhook, as {@code webhooks} of a configuration has it: without rules it wants nothing. */
    public static MatchCriteria ofWebhook(ObjectValue webhook) {
        return new MatchCriteria(rules(webhook, "rules"), List.of(), false, webhook);
    }

    /** The criteria of MatchResources (policies and their bindings): without rules they want everything. */
    public static MatchCriteria ofMatchResources(ObjectValue resources) {
        return new MatchCriteria(
                rules(resources, "resourceRules"), rules(resources, "excludeResourceRules"), true, resources);
    }

    private static List<ResourceRule> rules(ObjectValue source, String name) {
        return source.arrayOrEmpty(name).objects().stream()
                .map(ResourceRule::of)
                .toList();
    }

    List<ResourceRule> rules() {
        return rules;
    }

    List<ResourceRule> excluded() {
        return excluded;
    }

    /** True where a request counts that would match if it had been made in another version of the resource. */
    boolean equivalent() {
        return equivalent;
    }

    boolean wantsAll() {
        return allWithoutRules && rules.isEmpty();
    }

    /** Which namespaces count; 500 where the selector makes no sense. */
    LabelSelector namespaces() {
        LabelSelector known = namespaces;
        if (known == null) {
            known = selector(namespaceSelector);
            namespaces = known;
        }
        return known;
    }

    /** Which objects count; 500 where the selector makes no sense. */
    LabelSelector objects() {
        LabelSelector known = objects;
        if (known == null) {
            known = selector(objectSelector);
            objects = known;
        }
        return known;
    }

    private static LabelSelector selector(ObjectValue document) {
        try {
            return LabelSelector.ofObject(document);
        } catch (ApiException e) {
            throw Status.internalError(e.status().message()).asException();
        }
    }
}
