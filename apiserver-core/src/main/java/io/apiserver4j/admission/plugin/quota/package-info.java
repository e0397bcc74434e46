// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Resource quotas: how much a namespace may hold and ask for.
 *
 * <p>The main type is {@link io.apiserver4j.admission.plugin.quota.ResourceQuota}, the plugin; {@code Usages} tells what
 * an object counts, {@code QuotaCheck} whether it fits, and {@code QuotaUsage} counts a namespace anew. What is used is
 * kept in the status of quotas, written through the server's own door. One plugin serves all requests, from any thread.
 */
@NullMarked
package io.apiserver4j.admission.plugin.quota;

import org.jspecify.annotations.NullMarked;
