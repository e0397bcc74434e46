// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import io.apiserver4j.value.ObjectValue;
import java.util.Comparator;
import java.util.List;

/**
 * Which calls belong to which priority level, and what makes a flow among them.
 *
 * @param by what tells flows apart: ByUser, ByNamespace, or nothing
 */
record FlowSchema(String name, String uid, long precedence, String level, String by, List<SchemaRule> rules) {
    static final String EXEMPT = "exempt";
    static final String CATCH_ALL = "catch-all";

    /** The order in which schemas are tried. */
    static final Comparator<FlowSchema> ORDER =
            Comparator.comparingLong(FlowSchema::precedence).thenComparing(FlowSchema::name);

    static FlowSchema of(ObjectValue object) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        ObjectValue spec = object.objectOrEmpty("spec");
        return new FlowSchema(
                metadata.stringOrEmpty("name"),
                metadata.stringOrEmpty("uid"),
                spec.longOr("matchingPrecedence", 1000),
                spec.objectOrEmpty("priorityLevelConfiguration").stringOrEmpty("name"),
                spec.objectOrEmpty("distinguisherMethod").stringOrEmpty("type"),
                spec.arrayOrEmpty("rules").objects().stream()
                        .map(SchemaRule::of)
                        .toList());
    }

    /** The two schemas that are there in any case, while nobody has made them. */
    static FlowSchema imagined(String name) {
        Names all = new Names(true, java.util.Set.of());
        List<SchemaRule.Subject> subjects = name.equals(EXEMPT)
                ? List.of(new SchemaRule.Subject("Group", "", Identity.MASTERS))
                : List.of(new SchemaRule.Subject("Group", "", "*"));
        SchemaRule rule = new SchemaRule(
                subjects,
                List.of(new SchemaRule.OfResources(all, all, all, all, true)),
                List.of(new SchemaRule.OfPaths(all, List.of("*"))));
        boolean exempt = name.equals(EXEMPT);
        return new FlowSchema(name, "", exempt ? 1 : 10_000, name, exempt ? "" : "ByUser", List.of(rule));
    }

    boolean matches(Identity identity, Target target) {
        for (SchemaRule rule : rules) {
            if (rule.matches(identity, target)) {
                return true;
            }
        }
        return false;
    }

    /** What of a call tells its flow from others of this schema. */
    String distinguisher(Identity identity, Target target) {
        return switch (by) {
            case "ByUser" -> identity.user();
            case "ByNamespace" -> target instanceof Target.OfResource resource ? resource.namespace() : "";
            default -> "";
        };
    }
}
