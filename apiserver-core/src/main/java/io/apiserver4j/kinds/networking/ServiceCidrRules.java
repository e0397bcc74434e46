// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.networking;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Ranges of cluster IPs: one network, or one per family; a second one may come later. */
public final class ServiceCidrRules implements KindRules {
    private static final ValuePath CIDRS = ValuePath.of("spec", "cidrs");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(networks(object), errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (!context.subresource().isEmpty()) {
            return;
        }
        List<String> is = networks(updated);
        List<String> was = networks(current);
        if (is.size() == was.size()) {
            same(is, was, errors);
        } else if (was.size() == 1 && is.size() == 2) {
            same(is, was, errors);
            check(is, errors);
        } else {
            errors.invalidShown(CIDRS, is.isEmpty() ? "null" : FieldErrors.json(is), FieldChecks.IMMUTABLE);
        }
    }

    private static List<String> networks(ObjectValue range) {
        return range.objectOrEmpty("spec").arrayOrEmpty("cidrs").strings();
    }

    private static void same(List<String> is, List<String> was, FieldErrors errors) {
        for (int i = 0; i < was.size(); i++) {
            if (!is.get(i).equals(was.get(i))) {
                errors.invalid(CIDRS.index(i), is.get(i), FieldChecks.IMMUTABLE);
            }
        }
    }

    private static void check(List<String> networks, FieldErrors errors) {
        if (networks.isEmpty()) {
            errors.required(CIDRS, "at least one CIDR required");
            return;
        }
        if (networks.size() > 2) {
            errors.invalidShown(
                    CIDRS, "{\"CIDRs\":" + FieldErrors.json(networks) + "}", "may only hold up to 2 values");
            return;
        }
        for (int i = 0; i < networks.size(); i++) {
            errors.invalidAll(CIDRS.index(i), networks.get(i), IpRules.cidr(networks.get(i)));
        }
        Cidr first = Cidr.parse(networks.get(0));
        Cidr second = networks.size() == 2 ? Cidr.parse(networks.get(1)) : null;
        if (first != null && second != null && first.isIpv4() == second.isIpv4()) {
            errors.invalidShown(
                    CIDRS,
                    FieldErrors.json(networks),
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
        }
    }
}
