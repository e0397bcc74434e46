// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wire's answer to a request that has no object to show: mostly a failure. The factory methods make the failures with
 * the texts that clients match on (k8s.io/apimachinery api/errors).
 *
 * @param status {@code Failure} or {@code Success}
 * @param retryAfterSeconds 0 where the client is not told when to come back
 */
public record Status(
        String status,
        int code,
        String reason,
        String message,
        @Nullable Details details,
        int retryAfterSeconds) {
    /** What the status is about. */
    public record Details(String name, String group, String kind, String uid, List<Cause> causes) {
        /** Details without uid and causes. */
        public static Details of(String name, String group, String kind) {
            return new Details(name, group, kind, "", List.of());
        }
    }

    /** One cause among several. */
    public record Cause(String reason, String message, String field) {}

    private static Status failure(int code, String reason, String message, @Nullable Details details) {
        return new Status("Failure", code, reason, message, details, 0);
    }

    /** This failure as an exception. */
    public ApiException asException() {
        return new ApiException(this);
    }

    /** This status with other details. */
    public Status withDetails(@Nullable Details changed) {
        return new Status(status, code, reason, message, changed, retryAfterSeconds);
    }

    /** This status with another message. */
    public Status withMessage(String changed) {
        return new Status(status, code, reason, changed, details, retryAfterSeconds);
    }

    /** This status with a time after which the client may come back, in seconds; also shown as Retry-After header. */
    public Status withRetryAfter(int seconds) {
        return new Status(status, code, reason, message, details, seconds);
    }

    /** 404: no object of this name. */
    public static Status notFound(String group, String resource, String name) {
        return failure(
                404,
                "NotFound",
                qualified(resource, group) + " " + quote(name) + " not found",
                Details.of(name, group, resource));
    }

    /** 404: nothing is served at this path. */
    public static Status noSuchPath() {
        return failure(404, "NotFound", "the server could not find the requested resource", Details.of("", "", ""));
    }

    /** 409: an object of this name exists. */
    public static Status alreadyExists(String group, String resource, String name) {
        return failure(
                409,
                "AlreadyExists",
                qualified(resource, group) + " " + quote(name) + " already exists",
                Details.of(name, group, resource));
    }

    /** 409: the operation can't be done on the object as it is now. */
    public static Status conflict(String group, String resource, String name, String why) {
        return failure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + qualified(resource, group) + " " + quote(name) + ": " + why,
                Details.of(name, group, resource));
    }

    /**
     * 409: what the client said of the object is not so.
     *
     * @param key where the object is kept
     * @param what {@code UID} or {@code ResourceVersion}
     * @param asked what the client said
     * @param found what it is; empty where there is no object
     */
    public static Status preconditionFailed(
            String group, String resource, String name, String key, String what, String asked, String found) {
        return conflict(
                group,
                resource,
                name,
                "StorageError: invalid object, Code: 4, Key: " + key
                        + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: " + what
                        + " in precondition: " + asked + ", " + what + " in object meta: " + found);
    }

    /** 409: the object was changed by somebody else. */
    public static Status modified(String group, String resource, String name) {
        return conflict(
                group,
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** 403: the caller may not do this. */
    public static Status forbidden(String group, String resource, String name, String why) {
        String message;
        if (resource.isEmpty()) {
            message = "forbidden: " + why;
        } else if (name.isEmpty()) {
            message = qualified(resource, group) + " is forbidden: " + why;
        } else {
            message = qualified(resource, group) + " " + quote(name) + " is forbidden: " + why;
        }
        return failure(403, "Forbidden", message, Details.of(name, group, resource));
    }

    /** 401: the caller did not say who it is, or lied. */
    public static Status unauthorized() {
        return failure(401, "Unauthorized", "Unauthorized", null);
    }

    /** 400: the request makes no sense. */
    public static Status badRequest(String message) {
        return failure(400, "BadRequest", message, null);
    }

    /** 422: the object breaks rules. */
    public static Status invalid(String group, String kind, String name, FieldErrors errors) {
        Set<Cause> causes = new LinkedHashSet<>(); // what several rules say alike is told once
        for (FieldError error : errors.list()) {
            causes.add(new Cause(error.kind().reason(), error.body(), error.field()));
        }
        String subject = group.isEmpty() ? kind : kind + "." + group;
        String text = errors.aggregate();
        String message = text.isEmpty()
                ? subject + " " + quote(name) + " is invalid"
                : subject + " " + quote(name) + " is invalid: " + text;
        return failure(422, "Invalid", message, new Details(name, group, kind, "", List.copyOf(causes)));
    }

    /** 405: the resource does not know the verb. */
    public static Status methodNotSupported(String group, String resource, String verb) {
        return failure(
                405,
                "MethodNotAllowed",
                verb + " is not supported on resources of kind \"" + qualified(resource, group) + "\"",
                Details.of("", group, resource));
    }

    /** 405 of a path where no handler has the method at all. */
    public static Status methodNotAllowed() {
        return failure(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Details.of("", "", ""));
    }

    /** 406: none of the accepted media types is on offer. */
    public static Status notAcceptable(String message) {
        return failure(406, "NotAcceptable", message, null);
    }

    /** 415: the media type of the body is not understood. */
    public static Status unsupportedMediaType(String message) {
        return failure(415, "UnsupportedMediaType", message, null);
    }

    /** 413: the body is larger than the server takes. */
    public static Status requestTooLarge(String message) {
        return failure(413, "RequestEntityTooLarge", message, null);
    }

    /** 410: the revision asked for is no longer kept. */
    public static Status expired(String message) {
        return failure(410, "Expired", message, null);
    }

    /** 410: gone for good (Gone as reason). */
    public static Status gone(String message) {
        return failure(410, "Gone", message, null);
    }

    /** 429: come back later. */
    public static Status tooManyRequests(String message, int retryAfterSeconds) {
        return new Status(
                "Failure", 429, "TooManyRequests", message, Details.of("", "", ""), Math.max(retryAfterSeconds, 0));
    }

    /** 504: not done in time. */
    public static Status timeout(String message, int retryAfterSeconds) {
        return new Status("Failure", 504, "Timeout", message, Details.of("", "", ""), retryAfterSeconds);
    }

    /** 503: not now. */
    public static Status serviceUnavailable(String message) {
        return failure(503, "ServiceUnavailable", message, null);
    }

    /** 500: the server failed. */
    public static Status internalError(String why) {
        return failure(
                500,
                "InternalError",
                "Internal error occurred: " + why,
                new Details("", "", "", "", List.of(new Cause("", why, ""))));
    }

    /** 500 without reason: what kube-apiserver answers to errors that have no Status of their own. */
    public static Status plain(String message) {
        return failure(500, "", message, null);
    }

    /** 200: done, nothing to show. */
    public static Status success(@Nullable Details details) {
        return new Status("Success", 200, "", "", details, 0);
    }

    /** The document of this status (v1 Status), members in wire order. */
    public ObjectValue toObject() {
        ObjectEditor out = ObjectValue.builder()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", ObjectValue.EMPTY)
                .put("status", status);
        if (!message.isEmpty()) {
            out.put("message", message);
        }
        if (!reason.isEmpty()) {
            out.put("reason", reason);
        }
        if (details != null) {
            out.put("details", detailsObject(details));
        }
        if (code != 0) {
            // Success answers of deletes carry no code; those that need one have it set
            if (!status.equals("Success") || code != 200) {
                out.put("code", code);
            }
        }
        return out.build();
    }

    private ObjectValue detailsObject(Details shown) {
        ObjectEditor out = ObjectValue.builder();
        text(out, "name", shown.name());
        text(out, "group", shown.group());
        text(out, "kind", shown.kind());
        text(out, "uid", shown.uid());
        if (!shown.causes().isEmpty()) {
            List<Value> causes = new ArrayList<>();
            for (Cause cause : shown.causes()) {
                ObjectEditor one = ObjectValue.builder();
                text(one, "reason", cause.reason());
                text(one, "message", cause.message());
                text(one, "field", cause.field());
                causes.add(one.build());
            }
            out.put("causes", ArrayValue.of(causes));
        }
        if (retryAfterSeconds > 0) {
            out.put("retryAfterSeconds", retryAfterSeconds);
        }
        return out.build();
    }

    private static void text(ObjectEditor out, String name, String value) {
        if (!value.isEmpty()) {
            out.put(name, value);
        }
    }

    private static String qualified(String resource, String group) {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    private static String quote(String text) {
        return GoText.quote(text);
    }
}
