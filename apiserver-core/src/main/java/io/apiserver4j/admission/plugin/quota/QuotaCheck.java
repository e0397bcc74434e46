// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a request fits into the quotas of its namespace, and what they say then. Pure. */
final class QuotaCheck {
    private final AdmissionRequest request;
    private final Usage usage;
    private final List<LimitedResource> limited;
    private final ObjectValue object;

    QuotaCheck(AdmissionRequest request, Usage usage, List<LimitedResource> limited) {
        this.request = request;
        this.usage = usage;
        this.limited = limited;
        object = request.requireObject();
    }

    /** The quotas with what is used after the request, in the same order. Throws where the request does not fit. */
    List<Quota> after(List<Quota> quotas) {
        Set<String> restricted = new TreeSet<>();
        Set<String> covered = new TreeSet<>();
        boolean any = false;
        for (Quota quota : quotas) {
            quota.scopes().stream()
                    .filter(scope -> usage.isIn(scope, object))
                    .forEach(scope -> covered.add(scope.scope()));
            if (quota.counts(usage, object)) {
                any = true;
                restricted.addAll(checkComplete(quota));
            }
        }
        Map<String, Quantity> now = usage.of(object);
        checkNegative(now);
        ObjectValue old = request.operation() == Operation.UPDATE ? request.oldObject() : null;
        Map<String, Quantity> growth =
                old == null || ObjectMeta.of(old).resourceVersion().isEmpty()
                        ? now
                        : Amounts.growth(now, usage.of(old));
        List<Map<String, Quantity>> asked = new ArrayList<>();
        boolean changes = !any && !Amounts.withoutZeros(growth).isEmpty();
        for (Quota quota : quotas) {
            boolean counts = quota.counts(usage, object);
            Map<String, Quantity> more =
                    !counts ? Map.of() : Amounts.withoutZeros(old != null && quota.counts(usage, old) ? growth : now);
            asked.add(Amounts.only(more, quota.hard().keySet()));
            changes |= !more.isEmpty();
        }
        if (!changes) {
            return quotas;
        }
        checkLimited(now, restricted, covered);
        List<Quota> out = new ArrayList<>();
        for (int i = 0; i < quotas.size(); i++) {
            out.add(asked.get(i).isEmpty() ? quotas.get(i) : taken(quotas.get(i), asked.get(i)));
        }
        return out;
    }

    /** A quota must know what is used of everything that it limits, and the object must say what the quota wants. */
    private List<String> checkComplete(Quota quota) {
        List<String> names = usage.matching(quota.hard().keySet());
        String missing = usage.missing(names, object);
        if (missing != null) {
            throw request.forbidden("failed quota: " + quota.name() + ": " + missing);
        }
        if (!quota.used().keySet().containsAll(names)) {
            throw request.forbidden(
                    "status unknown for quota: " + quota.name() + ", resources: " + String.join(",", names));
        }
        return names;
    }

    private void checkNegative(Map<String, Quantity> now) {
        List<String> negative = now.entrySet().stream()
                .filter(one -> one.getValue().sign() < 0)
                .map(Map.Entry::getKey)
                .toList();
        if (!negative.isEmpty()) {
            throw request.forbidden("quota usage is negative for resource(s): " + String.join(",", negative));
        }
    }

    /** What is limited by default must be covered by a quota. */
    private void checkLimited(Map<String, Quantity> now, Set<String> restricted, Set<String> covered) {
        Set<String> open = new TreeSet<>();
        List<Scope> scopes = new ArrayList<>();
        for (LimitedResource one : limited) {
            if (one.groupResource().equals(request.definition().groupResource())) {
                now.forEach((name, amount) -> {
                    if (amount.sign() > 0 && one.matchContains().stream().anyMatch(name::contains)) {
                        open.add(name);
                    }
                });
            }
            for (LimitedResource.Scoped scoped : one.matchScopes()) {
                Scope scope = new Scope(scoped.scope(), scoped.operator(), scoped.values());
                if (usage.isIn(scope, object) && !covered.contains(scope.scope())) {
                    scopes.add(scope);
                }
            }
        }
        open.removeAll(restricted);
        if (!open.isEmpty()) {
            throw request.forbidden("insufficient quota to consume: " + String.join(",", open));
        }
        if (!scopes.isEmpty()) {
            StringBuilder text = new StringBuilder();
            scopes.forEach(scope -> text.append(text.isEmpty() ? "" : " ").append(scope));
            throw Status.plain("insufficient quota to match these scopes: [" + text + "]")
                    .asException();
        }
    }

    private Quota taken(Quota quota, Map<String, Quantity> asked) {
        Map<String, Quantity> after = Amounts.sum(quota.used(), asked);
        if (!request.subresource().equals("status")) {
            Map<String, Quantity> exceeded = new TreeMap<>(Amounts.only(after, asked.keySet()));
            exceeded.entrySet().removeIf(one -> {
                Quantity most = quota.hard().get(one.getKey());
                return most == null || one.getValue().compareTo(most) <= 0;
            });
            if (!exceeded.isEmpty()) {
                throw request.forbidden("exceeded quota: " + quota.name() + ", requested: "
                        + Amounts.shown(Amounts.only(asked, exceeded.keySet())) + ", used: "
                        + Amounts.shown(Amounts.only(quota.used(), exceeded.keySet())) + ", limited: "
                        + Amounts.shown(Amounts.only(quota.hard(), exceeded.keySet())));
            }
        }
        return quota.withUsed(after);
    }
}
