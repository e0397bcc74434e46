// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

/**
 * What a server keeps of its calls.
 *
 * @param policy how much of which calls
 * @param sink where; it is closed with the server
 * @param losses what could not be kept
 */
public record AuditSettings(AuditPolicy policy, AuditSink sink, AuditLosses losses) {
    /** A policy and a sink that loses nothing. */
    public static AuditSettings of(AuditPolicy policy, AuditSink sink) {
        return new AuditSettings(policy, sink, new AuditLosses());
    }
}
