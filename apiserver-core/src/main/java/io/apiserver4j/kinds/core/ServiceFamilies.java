// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import static io.apiserver4j.kinds.core.ServiceIpRules.CLUSTER_IPS;
import static io.apiserver4j.kinds.core.ServiceIpRules.FAMILIES;
import static io.apiserver4j.kinds.core.ServiceIpRules.POLICY;
import static io.apiserver4j.kinds.core.ServiceIpRules.PREFER_DUAL;
import static io.apiserver4j.kinds.core.ServiceIpRules.REQUIRE_DUAL;
import static io.apiserver4j.kinds.core.ServiceIpRules.SINGLE;
import static io.apiserver4j.kinds.core.ServiceIpRules.shown;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.Status;
import io.apiserver4j.view.ServiceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out which families of addresses a service means, from what its client said and what the server has. */
final class ServiceFamilies {
    private static final Set<String> WITH_ADDRESS = Set.of("ClusterIP", "NodePort", "LoadBalancer");

    private final List<String> served;

    /** The rules of a server that has addresses of these families, the primary one first. */
    ServiceFamilies(List<String> served) {
        this.served = served;
    }

    /** Fills in ipFamilies and ipFamilyPolicy; fails with 422 where that cannot be served. */
    void resolve(ServiceDraft draft, @Nullable ServiceView before) {
        if (!draft.view().needsClusterIp() || before != null && isSettled(draft.view(), before)) {
            return;
        }
        policy(draft, before);
        FieldErrors errors = new FieldErrors();
        ServiceIpRules.check(draft.view(), before, errors);
        refuse(draft, errors);
        if (before != null) {
            released(draft, before, errors);
        }
        if (SINGLE.equals(draft.view().ipFamilyPolicy())) {
            one(draft.view().clusterIps(), "cluster IPs", errors);
            one(draft.view().ipFamilies(), "IP families", errors);
        }
        fromAddresses(draft, errors);
        refuse(draft, errors);
        if (draft.view().clusterIp().equals(ServiceView.NONE)
                && draft.view().selector().isEmpty()) {
            withoutSelector(draft);
            return;
        }
        served(draft.view(), errors);
        refuse(draft, errors);
        complete(draft);
    }

    /** True for a service that would take both families and is as it was: it is not changed behind its owner's back. */
    static boolean isSettled(ServiceView service, ServiceView before) {
        String was = before.ipFamilyPolicy();
        return PREFER_DUAL.equals(service.ipFamilyPolicy())
                && (was == null || was.equals(PREFER_DUAL))
                && service.type().equals(before.type())
                && WITH_ADDRESS.contains(service.type())
                && service.clusterIps().equals(before.clusterIps())
                && service.ipFamilies().equals(before.ipFamilies());
    }

    private static void policy(ServiceDraft draft, @Nullable ServiceView before) {
        ServiceView service = draft.view();
        if (service.ipFamilyPolicy() != null) {
            return;
        }
        String was = before == null ? null : before.ipFamilyPolicy();
        if (was != null) {
            draft.ipFamilyPolicy(was);
        } else {
            boolean anyPods = service.clusterIp().equals(ServiceView.NONE)
                    && service.selector().isEmpty();
            draft.ipFamilyPolicy(anyPods ? REQUIRE_DUAL : SINGLE);
        }
    }

    /** A changed policy releases the second address; nothing else does. */
    private static void released(ServiceDraft draft, ServiceView before, FieldErrors errors) {
        ServiceView service = draft.view();
        List<String> addresses = service.clusterIps();
        List<String> families = service.ipFamilies();
        if (SINGLE.equals(service.ipFamilyPolicy())) {
            if (addresses.size() > 1 && addresses.equals(before.clusterIps())) {
                draft.clusterIps(addresses.subList(0, 1));
            }
            if (families.size() > 1 && families.equals(before.ipFamilies())) {
                draft.ipFamilies(families.subList(0, 1));
            }
            return;
        }
        kept(service, addresses, before.clusterIps(), "cluster IP", errors);
        kept(service, families, before.ipFamilies(), "IP family", errors);
    }

    private static void kept(ServiceView service, List<String> is, List<String> was, String what, FieldErrors errors) {
        if (!is.isEmpty() && is.size() < was.size()) {
            errors.invalidShown(
                    POLICY, shown(service.ipFamilyPolicy()), "must be 'SingleStack' to release the secondary " + what);
        }
    }

    private static void one(List<String> values, String what, FieldErrors errors) {
        if (values.size() == 2) {
            errors.invalidShown(
                    POLICY,
                    shown(SINGLE),
                    "must be 'RequireDualStack' or 'PreferDualStack' when multiple " + what + " are specified");
        }
    }

    private void fromAddresses(ServiceDraft draft, FieldErrors errors) {
        List<String> addresses = draft.view().clusterIps();
        List<String> families = new ArrayList<>(draft.view().ipFamilies());
        for (int i = 0; i < addresses.size() && !addresses.get(i).equals(ServiceView.NONE); i++) {
            IpAddress address = IpAddress.parse(addresses.get(i));
            if (i < families.size() || address == null) {
                continue;
            }
            String family = AddressPool.familyOf(address);
            if (served.contains(family)) {
                families.add(family);
            } else {
                errors.invalidShown(
                        CLUSTER_IPS.index(i), shown(addresses), family + " is not configured on this cluster");
            }
        }
        draft.ipFamilies(families);
    }

    /** A headless service whose endpoints somebody else names may have both families whatever the server has. */
    private void withoutSelector(ServiceDraft draft) {
        List<String> families = new ArrayList<>(draft.view().ipFamilies());
        if (families.isEmpty()) {
            families.add(served.get(0));
        }
        if (families.size() < 2 && !SINGLE.equals(draft.view().ipFamilyPolicy())) {
            families.add(other(families.get(0)));
        }
        draft.ipFamilies(families);
    }

    private void served(ServiceView service, FieldErrors errors) {
        if (REQUIRE_DUAL.equals(service.ipFamilyPolicy()) && served.size() < 2) {
            errors.invalidShown(POLICY, shown(REQUIRE_DUAL), "this cluster is not configured for dual-stack services");
        }
        List<String> families = service.ipFamilies();
        for (int i = 0; i < families.size(); i++) {
            if (!served.contains(families.get(i))) {
                errors.invalidShown(
                        FAMILIES.index(i), FieldErrors.json(families.get(i)), "not configured on this cluster");
            }
        }
    }

    private void complete(ServiceDraft draft) {
        List<String> families = new ArrayList<>(draft.view().ipFamilies());
        if (families.isEmpty()) {
            families.add(served.get(0));
        }
        if (families.size() == 1
                && served.size() == 2
                && !SINGLE.equals(draft.view().ipFamilyPolicy())) {
            families.add(other(families.get(0)));
        }
        draft.ipFamilies(families);
    }

    private static String other(String family) {
        return family.equals(AddressPool.IPV4) ? AddressPool.IPV6 : AddressPool.IPV4;
    }

    private static void refuse(ServiceDraft draft, FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw Status.invalid("", "Service", draft.view().meta().name(), errors)
                    .asException();
        }
    }
}
