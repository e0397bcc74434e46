// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import java.util.Set;

/** Which built-in kinds are versions of one another; all others cannot stand for each other in a body. */
final class Conversions {
    /** The two groups that serve the same events. */
    private static final Set<String> EVENT_GROUPS = Set.of("", "events.k8s.io");

    private Conversions() {}

    /** True where an object of one kind can be read as the other. */
    static boolean possible(Kind given, Kind wanted) {
        if (!given.kind().equals(wanted.kind())) {
            return false;
        }
        return given.group().equals(wanted.group())
                || given.kind().startsWith("Event")
                        && EVENT_GROUPS.contains(given.group())
                        && EVENT_GROUPS.contains(wanted.group());
    }

    /** What is said where it cannot: both types by the last part of their Go package. */
    static String unknown(Schema given, Schema wanted) {
        return "converting (" + given.goType() + ") to (" + internal(wanted.name()) + "): unknown conversion";
    }

    /** The type without version behind a versioned one: {@code api/core/v1.ConfigMap} is {@code core.ConfigMap}. */
    private static String internal(String goType) {
        int dot = goType.lastIndexOf('.');
        String[] folders = goType.substring(0, dot).split("/");
        String folder = folders.length > 1 ? folders[folders.length - 2] : folders[0];
        return (folder.equals("events") ? "core" : folder) + goType.substring(dot);
    }
}
