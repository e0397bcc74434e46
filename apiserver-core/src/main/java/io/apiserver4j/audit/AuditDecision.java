// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import java.util.Set;

/**
 * How much is kept of a call.
 *
 * @param omitted stages of which no events are made
 * @param withoutManagedFields whether objects are kept without their managed fields
 */
public record AuditDecision(AuditLevel level, Set<AuditStage> omitted, boolean withoutManagedFields) {
    /** True where an event is made of a stage. */
    public boolean keeps(AuditStage stage) {
        return level != AuditLevel.NONE && !omitted.contains(stage);
    }
}
