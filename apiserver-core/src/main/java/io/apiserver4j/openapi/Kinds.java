// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which kinds a Go type is. */
final class Kinds {
    private static final List<String> COMMON = List.of("DeleteOptions", "WatchEvent");
    private static final String META = "apimachinery/pkg/apis/meta/v1.";

    private final Map<String, List<Kind>> byType = new HashMap<>();

    private static final class Builtin {
        static final Kinds KINDS = new Kinds(SchemaFacts.builtin());
    }

    private Kinds(SchemaFacts facts) {
        for (Kind kind : facts.kinds()) {
            Schema schema = facts.kind(kind);
            if (schema != null && !kind.group().equals("meta.k8s.io")) {
                byType.computeIfAbsent(schema.name(), n -> new ArrayList<>()).add(kind);
            }
        }
    }

    /** The kinds of the release that this library serves. */
    static Kinds builtin() {
        return Builtin.KINDS;
    }

    /** The kinds of a type; those that every group version has only for the given ones. */
    List<Kind> of(String goType, List<GroupVersion> groupVersions) {
        if (goType.startsWith(META)) {
            String name = goType.substring(META.length());
            if (COMMON.contains(name)) {
                return groupVersions.stream().map(g -> g.kind(name)).toList();
            }
        }
        return byType.getOrDefault(goType, List.of());
    }

    static ArrayValue list(List<Kind> kinds) {
        List<Value> out = new ArrayList<>(kinds.size());
        kinds.forEach(kind -> out.add(value(kind)));
        return ArrayValue.of(out);
    }

    static ObjectValue value(Kind kind) {
        return ObjectValue.builder()
                .put("group", kind.group())
                .put("kind", kind.kind())
                .put("version", kind.version())
                .build();
    }
}
