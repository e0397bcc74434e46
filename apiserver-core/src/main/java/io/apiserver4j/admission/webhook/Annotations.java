// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.request.CallNotes;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** What audit records are told of one call of a mutating webhook. */
final class Annotations {
    private static final String PLACE = "webhook.admission.k8s.io/";

    private final CallNotes notes;
    private final Webhook webhook;
    private final String suffix;

    Annotations(CallNotes notes, Webhook webhook, int round, int index) {
        this.notes = notes;
        this.webhook = webhook;
        suffix = PLACE + "round_" + round + "_index_" + index;
    }

    /** Whether the webhook changed the object. */
    void mutated(boolean mutated) {
        notes.annotate(
                "mutation." + suffix,
                named().put("mutated", Value.of(mutated)).build().toString());
    }

    /** The patch that was applied; records show it where the policy has request bodies shown. */
    void patch(Value patch) {
        notes.annotate(
                "patch." + suffix,
                named().put("patch", patch)
                        .put("patchType", "JSONPatch")
                        .build()
                        .toString());
    }

    /** The webhook could not be called, and the request goes on. */
    void failedOpen() {
        notes.annotate("failed-open.mutation." + suffix, webhook.name());
    }

    private ObjectEditor named() {
        return ObjectValue.builder()
                .put("configuration", webhook.configuration())
                .put("webhook", webhook.name());
    }
}
