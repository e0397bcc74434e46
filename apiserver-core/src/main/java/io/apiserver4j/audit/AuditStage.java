// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

/** How far a call is when an event is made of it. */
public enum AuditStage {
    /** It came, and is not worked on yet. */
    REQUEST_RECEIVED("RequestReceived"),
    /** The head of a long answer was sent, its body is still to come. */
    RESPONSE_STARTED("ResponseStarted"),
    /** It is done. */
    RESPONSE_COMPLETE("ResponseComplete"),
    /** It failed in a way that nobody foresaw. */
    PANIC("Panic");

    private final String word;

    AuditStage(String word) {
        this.word = word;
    }

    /** The word in policies and events. */
    public String word() {
        return word;
    }
}
