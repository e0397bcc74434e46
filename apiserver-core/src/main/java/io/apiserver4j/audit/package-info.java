// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What happened, for the record: a policy says how much is kept of which calls, events say what was done by whom, sinks keep
 * them.
 *
 * <p>The main types are {@link io.apiserver4j.audit.AuditSink}, which embedders implement, and
 * {@link io.apiserver4j.audit.AuditPolicy}. This package knows no verb's work and no transport. Events and policies are
 * immutable; sinks are called by many threads at once.
 */
@NullMarked
package io.apiserver4j.audit;

import org.jspecify.annotations.NullMarked;
