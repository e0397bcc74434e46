// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.storage.StoreException;
import io.grpc.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What etcd's errors mean here. etcd tells some of them apart by their texts alone. */
final class ErrorMap {

    static final String NO_LEASE = "etcdserver: requested lease not found";

    private static final String COMPACTED = "required revision has been compacted";
    private static final String FUTURE = "required revision is a future revision";

    private ErrorMap() {}

    /** The store's exception for a failed call. */
    static StoreException of(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        String text = text(status);
        return switch (status.getCode()) {
            case OUT_OF_RANGE ->
                text.contains(COMPACTED)
                        ? StoreException.compacted(0)
                        : text.contains(FUTURE) ? StoreException.futureRevision(0) : unavailable(text, failure);
            case INVALID_ARGUMENT ->
                text.contains("request is too large") ? StoreException.tooLarge() : unavailable(text, failure);
            // Also how both sides of gRPC refuse a message, which needs no etcd to have read it.
            case RESOURCE_EXHAUSTED ->
                text.contains("larger than max") ? StoreException.tooLarge() : unavailable(text, failure);
            default -> unavailable(text, failure);
        };
    }

    /** Whether a call that changed nothing by failing, or a read, is worth another attempt. */
    static boolean mayPass(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        // A connection that closes under a call that is being sent makes gRPC tell UNKNOWN with Netty's cause; etcd's
        // own
        // errors, read from the wire, have no cause.
        return status.getCode() == Status.Code.UNAVAILABLE
                || status.getCode() == Status.Code.UNKNOWN && status.getCause() instanceof IOException;
    }

    static boolean leaseIsGone(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        return status.getCode() == Status.Code.NOT_FOUND && text(status).contains(NO_LEASE);
    }

    /** Whether asking again cannot help, however often: the rights are missing. */
    static boolean isRefusal(String reason) {
        return reason.contains("permission denied") || reason.contains("invalid auth token");
    }

    static StoreException closedStore() {
        return StoreException.unavailable("the store is closed", null);
    }

    private static StoreException unavailable(String text, Throwable cause) {
        return StoreException.unavailable(text, cause);
    }

    private static String text(Status status) {
        @Nullable String description = status.getDescription();
        return description == null ? status.getCode().name() : description;
    }
}
