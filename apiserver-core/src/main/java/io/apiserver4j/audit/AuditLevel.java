// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

/** How much is kept of a call, each level more than the one before. */
public enum AuditLevel {
    /** Nothing. */
    NONE("None"),
    /** Who did what and how that ended. */
    METADATA("Metadata"),
    /** What was sent as well. */
    REQUEST("Request"),
    /** What was answered as well. */
    REQUEST_RESPONSE("RequestResponse");

    private final String word;

    AuditLevel(String word) {
        this.word = word;
    }

    /** The word in policies and events. */
    public String word() {
        return word;
    }
}
