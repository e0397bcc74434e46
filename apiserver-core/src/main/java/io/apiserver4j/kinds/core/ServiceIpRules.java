// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ServiceView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rules of a service's addresses and families: how they go together, and how they may change. */
final class ServiceIpRules {
    static final String SINGLE = "SingleStack";
    static final String PREFER_DUAL = "PreferDualStack";
    static final String REQUIRE_DUAL = "RequireDualStack";
    static final ValuePath CLUSTER_IPS = ValuePath.of("spec", "clusterIPs");
    static final ValuePath FAMILIES = ValuePath.of("spec", "ipFamilies");
    static final ValuePath POLICY = ValuePath.of("spec", "ipFamilyPolicy");

    private static final Set<String> ALL_FAMILIES = new TreeSet<>(List.of(AddressPool.IPV4, AddressPool.IPV6));
    private static final Set<String> ALL_POLICIES = new TreeSet<>(List.of(SINGLE, PREFER_DUAL, REQUIRE_DUAL));
    private static final String ONCE_SET = "may not change once set";

    private ServiceIpRules() {}

    /** How a list of texts is printed; an empty one is null. */
    static String shown(List<String> texts) {
        return texts.isEmpty() ? "null" : FieldErrors.json(texts);
    }

    /** How a text behind a pointer is printed. */
    static String shown(@Nullable String text) {
        return text == null ? "null" : FieldErrors.json(text);
    }

    /** The rules of clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy. */
    static void check(ServiceView service, @Nullable ServiceView before, FieldErrors errors) {
        if (!service.needsClusterIp()) {
            return;
        }
        List<String> addresses = service.clusterIps();
        first(service.clusterIp(), addresses, errors);
        families(service.ipFamilies(), errors);
        String policy = service.ipFamilyPolicy();
        if (policy != null && !ALL_POLICIES.contains(policy)) {
            errors.notSupportedShown(POLICY, FieldErrors.json(policy), ALL_POLICIES);
        }
        if (!wellFormed(addresses, before == null ? List.of() : before.clusterIps(), errors)) {
            return;
        }
        if (addresses.size() > 1 && !oneOfEach(addresses)) {
            errors.invalidShown(CLUSTER_IPS, shown(addresses), "may specify no more than one IP for each IP family");
        }
        if (!service.isHeadless()) {
            ofTheirFamily(addresses, service.ipFamilies(), errors);
        }
    }

    private static void first(String address, List<String> addresses, FieldErrors errors) {
        if (address.isEmpty()) {
            if (!addresses.isEmpty()) {
                errors.invalidShown(CLUSTER_IPS, shown(addresses), "must be empty when `clusterIP` is not specified");
            }
        } else if (addresses.isEmpty()) {
            errors.required(CLUSTER_IPS, "");
        } else if (!addresses.get(0).equals(address)) {
            errors.invalidShown(CLUSTER_IPS, shown(addresses), "first value must match `clusterIP`");
        }
    }

    private static void families(List<String> families, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < families.size(); i++) {
            String family = families.get(i);
            if (!ALL_FAMILIES.contains(family)) {
                errors.notSupportedShown(FAMILIES.index(i), FieldErrors.json(family), ALL_FAMILIES);
            }
            if (!seen.add(family)) {
                errors.duplicateShown(FAMILIES.index(i), FieldErrors.json(family), "");
            }
        }
    }

    private static boolean wellFormed(List<String> addresses, List<String> known, FieldErrors errors) {
        boolean fine = true;
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            if (i == 0 && address.equals(ServiceView.NONE)) {
                if (addresses.size() > 1) {
                    fine = false;
                    errors.invalidShown(CLUSTER_IPS, shown(addresses), "'None' must be the first and only value");
                }
                continue;
            }
            fine &= AddressRules.legacyIp(CLUSTER_IPS.index(i), address, known, errors);
        }
        if (addresses.size() > 2) {
            errors.invalidShown(CLUSTER_IPS, shown(addresses), "may only hold up to 2 values");
        }
        return fine;
    }

    private static boolean oneOfEach(List<String> addresses) {
        return addresses.stream().anyMatch(ServiceIpRules::isIpv4)
                && addresses.stream().anyMatch(address -> !isIpv4(address));
    }

    private static boolean isIpv4(String address) {
        IpAddress parsed = IpAddress.parse(address);
        return parsed != null && parsed.isIpv4();
    }

    private static void ofTheirFamily(List<String> addresses, List<String> families, FieldErrors errors) {
        for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
            String expected = families.get(i);
            String actual = isIpv4(addresses.get(i)) ? AddressPool.IPV4 : AddressPool.IPV6;
            if (ALL_FAMILIES.contains(expected) && !expected.equals(actual)) {
                errors.invalid(
                        CLUSTER_IPS.index(i),
                        addresses.get(i),
                        "expected an " + expected + " value as indicated by `ipFamilies[" + i + "]`");
            }
        }
    }

    /** The rules of changes: a second address and family may come and go, the first stay. */
    static void checkChange(ServiceView service, ServiceView before, FieldErrors errors) {
        if (service.needsClusterIp() && before.needsClusterIp()) {
            changedAddresses(service, before, errors);
            if (!service.isHeadless() && !before.isHeadless()) {
                changedFamilies(service, before, errors);
            }
        }
    }

    private static void changedAddresses(ServiceView service, ServiceView before, FieldErrors errors) {
        if (service.isHeadless() && before.isHeadless()) {
            return;
        }
        List<String> is = service.clusterIps();
        List<String> was = before.clusterIps();
        if (is.size() == was.size()) {
            for (int i = 0; i < is.size(); i++) {
                if (!is.get(i).equals(was.get(i))) {
                    errors.invalidShown(CLUSTER_IPS.index(i), shown(is), ONCE_SET);
                }
            }
            return;
        }
        if (is.isEmpty()) {
            errors.invalidShown(CLUSTER_IPS.index(0), shown(is), "primary clusterIP can not be unset");
        } else if (!was.isEmpty() && !is.get(0).equals(was.get(0))) {
            errors.invalidShown(CLUSTER_IPS.index(0), shown(is), ONCE_SET);
        }
        if (is.size() == 1 && was.size() > 1 && !SINGLE.equals(service.ipFamilyPolicy())) {
            errors.invalidShown(
                    POLICY,
                    shown(service.ipFamilyPolicy()),
                    "must be set to 'SingleStack' when releasing the secondary clusterIP");
        }
    }

    private static void changedFamilies(ServiceView service, ServiceView before, FieldErrors errors) {
        List<String> is = service.ipFamilies();
        List<String> was = before.ipFamilies();
        if (is.size() == was.size()) {
            for (int i = 0; i < is.size(); i++) {
                if (!is.get(i).equals(was.get(i))) {
                    errors.invalidShown(FAMILIES.index(0), shown(is), ONCE_SET);
                }
            }
            return;
        }
        boolean fewer = is.size() < was.size();
        if (fewer && service.clusterIps().isEmpty()) {
            errors.invalidShown(FAMILIES.index(0), shown(is), "primary ipFamily can not be unset");
        }
        if (!is.isEmpty() && !was.isEmpty() && !is.get(0).equals(was.get(0))) {
            errors.invalidShown(FAMILIES.index(0), shown(service.clusterIps()), ONCE_SET);
        }
        if (fewer && is.size() == 1 && !SINGLE.equals(service.ipFamilyPolicy())) {
            errors.invalidShown(
                    POLICY,
                    shown(service.ipFamilyPolicy()),
                    "must be set to 'SingleStack' when releasing the secondary ipFamily");
        }
    }
}
