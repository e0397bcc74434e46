// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the facts about the objects that every server has ({@code facts/policy}), each file once. */
final class PolicyFacts {
    private static final Map<String, ObjectValue> FILES = new ConcurrentHashMap<>();

    private PolicyFacts() {}

    static ObjectValue read(String name) {
        return FILES.computeIfAbsent(name, PolicyFacts::load);
    }

    private static ObjectValue load(String name) {
        String path = "/io/apiserver4j/facts/policy/" + name;
        try (InputStream in = PolicyFacts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing " + path);
            }
            return JsonReader.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectValue object(Value value) {
        ObjectValue object = value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }
}
