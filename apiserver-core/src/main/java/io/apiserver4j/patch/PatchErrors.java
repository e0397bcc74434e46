// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.Value;

/** The failures of patches, in the form and with the texts that clients see. */
final class PatchErrors {
    private PatchErrors() {}

    /** 400 with a text. */
    static ApiException bad(String message) {
        return Status.badRequest(message).asException();
    }

    /** 422 in the general words: the real server keeps the reason to itself. */
    static ApiException refused() {
        return new Status(
                        "Failure",
                        422,
                        "Invalid",
                        "the server rejected our request due to an error in our request",
                        Status.Details.of("", "", ""),
                        0)
                .asException();
    }

    /** 500 with nothing but a text, as errors that nobody classified are answered. */
    static ApiException plain(String message) {
        return new Status("Failure", 500, "", message, null, 0).asException();
    }

    /** The text for a body of the wrong JSON type. */
    static String cannotUnmarshal(Value value, String goType) {
        return "json: cannot unmarshal " + value.typeName() + " into Go value of type " + goType;
    }
}
