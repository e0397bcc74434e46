// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.util.Locale;

/** What a request wants, in the words of authorization and audit. */
public enum Verb {
    GET,
    LIST,
    WATCH,
    CREATE,
    UPDATE,
    PATCH,
    DELETE,
    DELETECOLLECTION,
    PROXY,
    HEAD,
    POST,
    PUT,
    OPTIONS,
    OTHER;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word on the wire. */
    public String word() {
        return word;
    }

    /** True where the verb changes objects. */
    public boolean isWrite() {
        return switch (this) {
            case CREATE, UPDATE, PATCH, DELETE, DELETECOLLECTION -> true;
            default -> false;
        };
    }
}
