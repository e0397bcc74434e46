// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.Verb;
import java.util.Set;

/**
 * A subresource of a definition.
 *
 * @param name the last part of the path
 * @param kind what it takes and gives
 * @param verbs what it answers to
 * @param form how it is carried out
 */
public record Subresource(String name, Kind kind, Set<Verb> verbs, Form form) {
    /** The ways in which a subresource can be carried out. */
    public enum Form {
        /** Reads and writes the object itself, under another strategy (status, approval, ephemeralcontainers …). */
        OBJECT,
        /** Reads and writes a Scale that is a view of the object. */
        SCALE,
        /** Has a handler of its own (binding, eviction, token, log, exec …). */
        HANDLER
    }
}
