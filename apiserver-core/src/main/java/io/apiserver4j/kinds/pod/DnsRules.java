// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import java.util.List;

/** The rules of how a pod resolves names, and of its own name. */
final class DnsRules {
    private DnsRules() {}

    /** The servers, search paths and options of a pod. */
    static void config(Part spec) {
        boolean none = spec.text("dnsPolicy").equals("None");
        if (!spec.has("dnsConfig")) {
            if (none) {
                spec.errors().required(spec.at("dnsConfig"), "must provide `dnsConfig` when `dnsPolicy` is None");
            }
            return;
        }
        Part config = spec.part("dnsConfig");
        List<String> servers = config.texts("nameservers");
        if (none && servers.isEmpty()) {
            config.errors()
                    .required(
                            config.at("nameservers"),
                            "must provide at least one DNS nameserver when `dnsPolicy` is None");
            return;
        }
        if (servers.size() > 3) {
            listInvalid(config, "nameservers", servers, "must not have more than 3 nameservers");
        }
        for (int i = 0; i < servers.size(); i++) {
            config.errors()
                    .invalidAll(
                            config.at("nameservers").index(i), servers.get(i), IpRules.legacyIp(servers.get(i), true));
        }
        searches(config);
        for (Part option : config.parts("options")) {
            if (option.text("name").isEmpty()) {
                option.errors().required(option.path(), "must not be empty");
            }
        }
    }

    private static void listInvalid(Part config, String field, List<String> list, String detail) {
        config.errors().invalidShown(config.at(field), FieldErrors.json(list), detail);
    }

    private static void searches(Part config) {
        List<String> searches = config.texts("searches");
        if (searches.size() > 32) {
            listInvalid(config, "searches", searches, "must not have more than 32 search paths");
        }
        if (GoText.byteLength(String.join(" ", searches)) > 2048) {
            listInvalid(
                    config,
                    "searches",
                    searches,
                    "must not have more than 2048 characters (including spaces) in the search list");
        }
        for (int i = 0; i < searches.size(); i++) {
            String search = searches.get(i);
            if (!search.equals(".")) {
                String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
                config.errors()
                        .invalidAll(
                                config.at("searches").index(i), name, NameRules.dns1123SubdomainWithUnderscore(name));
            }
        }
    }

    /** Names of other hosts that the pod knows by itself. */
    static void hostAliases(Part spec) {
        for (Part alias : spec.parts("hostAliases")) {
            alias.told("ip", IpRules.legacyIp(alias.text("ip"), true));
            List<String> names = alias.texts("hostnames");
            for (int i = 0; i < names.size(); i++) {
                alias.errors()
                        .invalidAll(
                                alias.at("hostnames").index(i), names.get(i), NameRules.dns1123Subdomain(names.get(i)));
            }
        }
    }

    /** The name that a pod has in place of one made of its own and its subdomain. */
    static void hostname(Part spec) {
        if (!spec.has("hostnameOverride")) {
            return;
        }
        if (spec.isTrue("setHostnameAsFQDN")) {
            spec.forbid("hostnameOverride", "may not be specified when setHostnameAsFQDN is true");
        }
        if (spec.isTrue("hostNetwork")) {
            spec.forbid("hostnameOverride", "may not be specified when hostNetwork is true");
        }
        if (GoText.byteLength(spec.text("hostnameOverride")) > 64) {
            spec.errors().tooLong(spec.at("hostnameOverride"), 64);
        }
        spec.subdomain("hostnameOverride");
    }
}
