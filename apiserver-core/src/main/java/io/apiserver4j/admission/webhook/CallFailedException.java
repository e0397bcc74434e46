// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;

/** A webhook that gave no usable answer; its failure policy says what becomes of that. */
final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailedException(Webhook webhook, String why) {
        super("failed calling webhook " + GoText.quote(webhook.name()) + ": " + why, null, false, false);
    }

    /** This failure as the end of the request. */
    ApiException asEnd() {
        return Status.internalError(String.valueOf(getMessage())).asException();
    }
}
