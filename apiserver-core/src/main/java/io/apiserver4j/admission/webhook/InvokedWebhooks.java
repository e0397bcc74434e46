// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.value.ObjectValue;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which webhooks one write has been through, and which of them must see it again. Used by the request's thread. */
final class InvokedWebhooks {
    private final Set<String> waiting = new HashSet<>();
    private final Set<String> required = new HashSet<>();
    private @Nullable ObjectValue lastOutput;

    /** A webhook that wants to see later changes was called. */
    void add(Webhook webhook) {
        waiting.add(webhook.id());
    }

    /** The object changed: all that were called before and want to see that are to be called again. */
    void requireAgain() {
        required.addAll(waiting);
        waiting.clear();
    }

    boolean isRequired(Webhook webhook) {
        return required.contains(webhook.id());
    }

    /** The object as the webhooks left it. */
    void keepOutput(@Nullable ObjectValue object) {
        lastOutput = object;
    }

    @Nullable
    ObjectValue lastOutput() {
        return lastOutput;
    }
}
