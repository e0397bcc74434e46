// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.List;

/** What a kind's names may look like. */
@FunctionalInterface
public interface NameRule {
    /** Labels of DNS with dots between: the rule of most kinds. */
    NameRule DNS_SUBDOMAIN =
            (name, prefix) -> NameRules.dns1123Subdomain(prefix ? NameRules.maskTrailingDash(name) : name);

    /** One label of DNS: namespaces and others. */
    NameRule DNS_LABEL = (name, prefix) -> NameRules.dns1123Label(prefix ? NameRules.maskTrailingDash(name) : name);

    /** One label of DNS that starts with a letter. */
    NameRule DNS_1035_LABEL =
            (name, prefix) -> NameRules.dns1035Label(prefix ? NameRules.maskTrailingDash(name) : name);

    /** Whatever can stand in a path: roles and bindings; also checked of every object. */
    NameRule PATH_SEGMENT =
            (name, prefix) -> prefix ? NameRules.pathSegmentPrefix(name) : NameRules.pathSegmentName(name);

    /**
     * What is wrong with a name, as texts; empty where nothing is.
     *
     * @param prefix true where the name is a prefix that a suffix will follow (generateName)
     */
    List<String> problems(String name, boolean prefix);
}
