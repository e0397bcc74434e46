// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.flowcontrol;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The specs that flow control relies on: of the schemas and levels {@code exempt} and {@code catch-all} (k8s.io/apiserver
 * apis/flowcontrol/bootstrap).
 */
final class MandatoryObjects {
    private static final ObjectValue SCHEMAS = json("""
            {"exempt": {
               "priorityLevelConfiguration": {"name": "exempt"},
               "matchingPrecedence": 1,
               "rules": [{
                 "subjects": [{"kind": "Group", "group": {"name": "system:masters"}}],
                 "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"],
                    "clusterScope": true, "namespaces": ["*"]}],
                 "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}]}]},
             "catch-all": {
               "priorityLevelConfiguration": {"name": "catch-all"},
               "matchingPrecedence": 10000,
               "distinguisherMethod": {"type": "ByUser"},
               "rules": [{
                 "subjects": [{"kind": "Group", "group": {"name": "system:unauthenticated"}},
                    {"kind": "Group", "group": {"name": "system:authenticated"}}],
                 "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"],
                    "clusterScope": true, "namespaces": ["*"]}],
                 "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}]}]}}
            """);
    private static final ObjectValue LEVELS = json("""
            {"exempt": {"type": "Exempt"},
             "catch-all": {"type": "Limited", "limited": {
               "nominalConcurrencyShares": 5, "limitResponse": {"type": "Reject"}, "lendablePercent": 0}}}
            """);

    private MandatoryObjects() {}

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The spec of a schema, or null where anything goes. */
    static @Nullable ObjectValue flowSchema(String name) {
        return SCHEMAS.getObject(name);
    }

    /** The spec of a level, of {@code exempt} without what may be changed; or null where anything goes. */
    static @Nullable ObjectValue priorityLevel(String name) {
        return LEVELS.getObject(name);
    }
}
