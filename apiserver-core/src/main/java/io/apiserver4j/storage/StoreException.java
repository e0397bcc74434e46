// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a store could not do. The messages are etcd's where etcd has one, since they travel on to clients, which match
 * on them.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Kind {
        /** The asked revision is forgotten; {@link StoreException#revision} is the oldest that is not, 0 if unknown. */
        COMPACTED,
        /** The asked revision has not happened; {@link StoreException#revision} is the current one, 0 if unknown. */
        FUTURE_REVISION,
        /** A value is larger than the store takes. */
        TOO_LARGE,
        /** The store cannot answer: closed, not reachable, out of space. Whether a write happened is not known. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final long revision;

    private StoreException(Kind kind, String message, long revision, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.revision = revision;
    }

    /** A revision before {@code compactedRevision} was asked for. */
    public static StoreException compacted(long compactedRevision) {
        return new StoreException(
                Kind.COMPACTED, "etcdserver: mvcc: required revision has been compacted", compactedRevision, null);
    }

    /** A revision after {@code currentRevision} was asked for. */
    public static StoreException futureRevision(long currentRevision) {
        return new StoreException(
                Kind.FUTURE_REVISION,
                "etcdserver: mvcc: required revision is a future revision",
                currentRevision,
                null);
    }

    /** A write was larger than the store takes. */
    public static StoreException tooLarge() {
        return new StoreException(Kind.TOO_LARGE, "etcdserver: request is too large", 0, null);
    }

    /** The store cannot answer. */
    public static StoreException unavailable(String message, @Nullable Throwable cause) {
        return new StoreException(Kind.UNAVAILABLE, message, 0, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The compacted or the current revision, as the kind says; 0 for the other kinds. */
    public long revision() {
        return revision;
    }
}
