// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Warnings, headers and audit annotations collected on the way. Safe for use by several threads. */
public final class CallNotes {
    private final List<String> warnings = new ArrayList<>(0);
    private final List<String> headers = new ArrayList<>(4);
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private volatile @Nullable ObjectValue requestObject;
    private volatile @Nullable Identity impersonated;

    /** A text that the client is to see as a Warning header; the same text counts once. */
    public synchronized void warn(String text) {
        if (!text.isEmpty() && !warnings.contains(text)) {
            warnings.add(text);
        }
    }

    /** A header for the answer, whatever that will be. */
    public synchronized void header(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    /** A fact for the audit record; the first value of a key stands. */
    public synchronized void annotate(String key, String value) {
        annotations.putIfAbsent(key, value);
    }

    /** The object that was sent, once it is read. */
    public @Nullable ObjectValue requestObject() {
        return requestObject;
    }

    /** Tells the object that was sent. */
    public void requestObject(ObjectValue sent) {
        requestObject = sent;
    }

    /** Who the caller acts as, or null. */
    public @Nullable Identity impersonated() {
        return impersonated;
    }

    /** Tells who the caller acts as. */
    public void impersonated(Identity acting) {
        impersonated = acting;
    }

    /** The warnings so far, in order. */
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** The headers for the answer so far: names and values in turn. */
    public synchronized List<String> headers() {
        return List.copyOf(headers);
    }

    /** The audit annotations so far. */
    public synchronized Map<String, String> annotations() {
        return Map.copyOf(annotations);
    }
}
