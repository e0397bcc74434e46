// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a request is one that a webhook or policy wants, and as what it sees it. Usual way: {@link #isExempt} once
 * per request, {@link #match} per configured one, {@link Matched#view} for the request in the matched version.
 */
public final class RequestMatcher {
    private static final Set<String> OWN_KINDS = Set.of(
            "validatingwebhookconfigurations",
            "mutatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings");

    private final Namespaces namespaces;
    private final EquivalentResources equivalents;

    /** A matcher over what is served. */
    public RequestMatcher(Namespaces namespaces, LiveCatalog catalog) {
        this.namespaces = namespaces;
        equivalents = new EquivalentResources(catalog);
    }

    /** The namespaces that selectors are asked about. */
    public Namespaces namespaces() {
        return namespaces;
    }

    /** True for writes of the configurations themselves, which no webhook and no policy is asked about. */
    public static boolean isExempt(AdmissionRequest request) {
        return request.definition().group().equals("admissionregistration.k8s.io")
                && OWN_KINDS.contains(request.definition().plural());
    }

    /**
     * As what the request is seen; null where it is not wanted.
     *
     * @throws io.apiserver4j.meta.ApiException 404 where rules match and the namespace is not there, 500 where a selector
     *     makes no sense
     */
    public @Nullable Matched match(MatchCriteria criteria, AdmissionRequest request) {
        if (first(criteria.excluded(), criteria, request) != null) {
            return null;
        }
        Matched matched = criteria.wantsAll() ? itself(request) : first(criteria.rules(), criteria, request);
        return matched != null && hasObject(criteria, request) && hasNamespace(criteria, request) ? matched : null;
    }

    private @Nullable Matched first(List<ResourceRule> rules, MatchCriteria criteria, AdmissionRequest request) {
        if (rules.isEmpty()) {
            return null;
        }
        for (ResourceRule rule : rules) {
            if (rule.matches(request, request.resource()) && rule.hasName(request.name())) {
                return itself(request);
            }
        }
        if (!criteria.equivalent()) {
            return null;
        }
        List<Matched> others = equivalents.of(request);
        if (others.isEmpty()) {
            return null;
        }
        for (ResourceRule rule : rules) { // the first rule that has one decides
            for (Matched other : others) {
                if (rule.matches(request, other.resource()) && rule.hasName(request.name())) {
                    return other;
                }
            }
        }
        return null;
    }

    private static Matched itself(AdmissionRequest request) {
        return new Matched(
                request.definition(),
                Objects.requireNonNull(request.definition().version(request.version())),
                request.kind());
    }

    private static boolean hasObject(MatchCriteria criteria, AdmissionRequest request) {
        LabelSelector selector = criteria.objects();
        return selector.isEverything()
                || has(selector, request.object(), request)
                || has(selector, request.oldObject(), request);
    }

    /** Options of connections have no labels to be selected by. */
    private static boolean has(LabelSelector selector, @Nullable ObjectValue object, AdmissionRequest request) {
        return object != null
                && request.operation() != AdmissionRequest.Operation.CONNECT
                && selector.matches(ObjectMeta.of(object).labels());
    }

    /** Cluster-wide resources other than namespaces have no namespace that could keep them out. */
    private boolean hasNamespace(MatchCriteria criteria, AdmissionRequest request) {
        boolean namespace = request.definition().plural().equals("namespaces");
        if (request.seenNamespace().isEmpty() && !namespace) {
            return true;
        }
        LabelSelector selector = criteria.namespaces();
        return selector.isEverything() || selector.matches(namespaces.labelsFor(request));
    }
}
