// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import java.time.Duration;
import java.util.List;

/**
 * How a webhook is asked. Immutable.
 *
 * @param name the name under which its reasons are told
 * @param kubeconfig the absolute name of the file that says where it is
 * @param timeout how long its answer may take
 * @param authorizedTtl how long a permission is kept, zero for not at all
 * @param unauthorizedTtl how long anything else is kept
 * @param version the version of SubjectAccessReview that it is sent, {@code v1} or {@code v1beta1}
 * @param denies true where a call is denied that it can't be asked about; otherwise others are to say
 * @param conditions expressions; it is asked only where all hold
 */
public record WebhookSettings(
        String name,
        String kubeconfig,
        Duration timeout,
        Duration authorizedTtl,
        Duration unauthorizedTtl,
        String version,
        boolean denies,
        List<String> conditions) {
    /** The versions of SubjectAccessReview. */
    public static final List<String> VERSIONS = List.of("v1", "v1beta1");

    /** Copies the list. */
    public WebhookSettings {
        conditions = List.copyOf(conditions);
    }
}
