// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;

/** Events of the two groups: the same objects under other names of their members. */
final class Events {
    private static final Map<String, String> TO_CORE = Map.of(
            "regarding", "involvedObject",
            "note", "message",
            "reportingController", "reportingComponent",
            "deprecatedSource", "source",
            "deprecatedFirstTimestamp", "firstTimestamp",
            "deprecatedLastTimestamp", "lastTimestamp",
            "deprecatedCount", "count");
    private static final Map<String, String> FROM_CORE = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "reportingComponent", "reportingController",
            "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount");
    private static final Kind CORE = new Kind("", "v1", "Event");
    private static final Kind NEWER = new Kind("events.k8s.io", "v1", "Event");

    private Events() {}

    static ObjectValue toCore(ObjectValue event) {
        return renamed(event, TO_CORE, CORE);
    }

    static ObjectValue fromCore(ObjectValue event) {
        return renamed(event, FROM_CORE, NEWER);
    }

    private static ObjectValue renamed(ObjectValue event, Map<String, String> names, Kind kind) {
        ObjectEditor out = ObjectValue.builder();
        for (int i = 0; i < event.size(); i++) {
            String name = event.keyAt(i);
            out.put(names.getOrDefault(name, name), event.valueAt(i));
        }
        out.put("apiVersion", kind.apiVersion());
        Schema schema = SchemaFacts.builtin().kind(kind);
        if (schema == null) {
            throw new IllegalStateException("no facts of " + kind);
        }
        return TypedReader.read(schema, out.build(), new DecodeFindings());
    }
}
