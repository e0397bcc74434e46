// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.NameRule;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/**
 * What {@code facts/behavior.json} says of one resource. Absent members mean what most kinds do.
 *
 * @param generation the top-level members (and the labels) whose change raises the generation; empty where the kind
 *     counts none
 * @param statusPath which metadata an update of the status keeps, too: nothing, its labels, its owners, or all of it
 */
record Behavior(
        List<String> generation,
        boolean unconditionalUpdate,
        boolean createOnUpdate,
        boolean returnsDeletedObject,
        boolean keepsStatusOnCreate,
        Strategy.GarbageCollection garbageCollection,
        String statusPath,
        NameRule names,
        long ttlSeconds,
        String prefix,
        String stored,
        List<String> fields,
        boolean qualifiedFinalizers,
        boolean metadataLast,
        boolean prefixIsName,
        String deprecation,
        String fieldRefusal) {
    static Behavior of(ObjectValue facts) {
        String generation = facts.stringOrEmpty("generation");
        return new Behavior(
                generation.isEmpty() ? List.of() : List.of(generation.split(",")),
                !facts.has("unconditionalUpdate") || facts.isTrue("unconditionalUpdate"),
                facts.isTrue("createOnUpdate"),
                facts.isTrue("returnsDeletedObject"),
                facts.isTrue("keepsStatusOnCreate"),
                switch (facts.stringOrEmpty("garbageCollection")) {
                    case "orphan" -> Strategy.GarbageCollection.ORPHAN_DEPENDENTS;
                    case "unsupported" -> Strategy.GarbageCollection.UNSUPPORTED;
                    default -> Strategy.GarbageCollection.DELETE_DEPENDENTS;
                },
                facts.stringOrEmpty("statusPath"),
                switch (facts.stringOrEmpty("names")) {
                    case "dnsLabel" -> NameRule.DNS_LABEL;
                    case "dns1035Label" -> NameRule.DNS_1035_LABEL;
                    case "pathSegment" -> NameRule.PATH_SEGMENT;
                    default -> NameRule.DNS_SUBDOMAIN;
                },
                facts.longOr("ttlSeconds", 0),
                facts.stringOrEmpty("prefix"),
                facts.stringOrEmpty("stored"),
                facts.arrayOrEmpty("fields").strings(),
                !facts.isTrue("plainFinalizers"),
                facts.isTrue("metadataLast"),
                facts.isTrue("prefixIsName"),
                facts.stringOrEmpty("deprecation"),
                facts.stringOrEmpty("fieldRefusal"));
    }
}
