// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ValuePath;
import java.util.List;

/**
 * The resourceVersion: opaque to clients, an unsigned 64 bit number inside. Failures are those of Kubernetes
 * (k8s.io/apiserver storage).
 */
public final class ResourceVersions {
    private ResourceVersions() {}

    /**
     * The number of a resourceVersion that a client watches or lists from; empty and {@code 0} are 0.
     *
     * @throws ApiException 500 without a reason, as Kubernetes answers
     */
    public static long parse(String text) {
        try {
            return number(text);
        } catch (ScalarSyntaxException e) {
            throw Status.plain(fieldError(text, e)).asException();
        }
    }

    /**
     * As {@link #parse}, where the reading of an object or a list from the store itself asks.
     *
     * @throws ApiException 400
     */
    public static long parseForRead(String text) {
        try {
            return number(text);
        } catch (ScalarSyntaxException e) {
            throw Status.badRequest("invalid resource version: " + fieldError(text, e))
                    .asException();
        }
    }

    /**
     * The number of the resourceVersion in the metadata of an object that is to be written; empty is 0.
     *
     * @throws ApiException 500 without a reason, as Kubernetes answers
     */
    public static long parseOfObject(String text) {
        try {
            return text.isEmpty() ? 0 : GoNumbers.parseUint(text);
        } catch (ScalarSyntaxException e) {
            throw Status.plain(e.text()).asException();
        }
    }

    private static long number(String text) {
        return text.isEmpty() || text.equals("0") ? 0 : GoNumbers.parseUint(text);
    }

    private static String fieldError(String text, ScalarSyntaxException problem) {
        FieldErrors errors = new FieldErrors();
        errors.invalid(ValuePath.of("resourceVersion"), text, problem.text());
        return errors.aggregate();
    }

    /** The text of a number; 0 is the empty text. */
    public static String format(long number) {
        return number == 0 ? "" : Long.toUnsignedString(number);
    }

    /** 504: a client asks for a revision that is not there yet. */
    public static ApiException tooLarge(long asked, long current, int retryAfterSeconds) {
        String what = "Too large resource version";
        Status.Cause cause = new Status.Cause("ResourceVersionTooLarge", what, "");
        String message = "Timeout: " + what + ": " + Long.toUnsignedString(asked) + ", current: "
                + Long.toUnsignedString(current);
        Status.Details details = new Status.Details("", "", "", "", List.of(cause));
        return new Status("Failure", 504, "Timeout", message, details, retryAfterSeconds).asException();
    }
}
