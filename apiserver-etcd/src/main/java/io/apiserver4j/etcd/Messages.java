// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.StoreEvent;
import io.apiserver4j.storage.StoreException;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;
import org.jspecify.annotations.Nullable;

/** The seam's facts in etcd's messages, and back. */
final class Messages {

    /** As a key, the first that etcd allows; as the end of a range, no end. */
    static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    // Two fields of etcd's messages that jetcd's copy of them leaves out: numbers from etcd's rpc.proto.
    private static final int CREATE_FRAGMENT = 8;
    private static final int RESPONSE_FRAGMENT = 7;

    private Messages() {}

    /** A watch whose batches come in parts where they are large, so that no answer is larger than gRPC takes. */
    static WatchCreateRequest fragmented(WatchCreateRequest.Builder request) {
        UnknownFieldSet.Field yes =
                UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        return request.setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(CREATE_FRAGMENT, yes)
                        .build())
                .build();
    }

    /** Whether more of the same batch follows. */
    static boolean isFragment(WatchResponse response) {
        return response.getUnknownFields().getField(RESPONSE_FRAGMENT).getVarintList().stream()
                .anyMatch(value -> value != 0);
    }

    static ByteString key(String key) {
        return ByteString.copyFromUtf8(key);
    }

    /** Not copied: values are never changed by anyone. */
    static ByteString value(byte[] value) {
        return UnsafeByteOperations.unsafeWrap(value);
    }

    static ByteString from(KeyRange range) {
        return range.from().isEmpty() ? ZERO : key(range.from());
    }

    /** The end of a range that is not empty; an empty string where it holds one key, as etcd reads those faster. */
    static ByteString end(KeyRange range) {
        String to = range.to();
        if (to == null) {
            return ZERO;
        }
        return to.equals(range.from() + '\0') ? ByteString.EMPTY : key(to);
    }

    static Entry entry(KeyValue kv) {
        return new Entry(
                kv.getKey().toStringUtf8(),
                kv.getValue().toByteArray(),
                kv.getCreateRevision(),
                kv.getModRevision(),
                kv.getVersion(),
                kv.getLease());
    }

    /**
     * The event.
     *
     * @throws StoreException {@code COMPACTED} where etcd cannot tell the previous entry any more
     */
    static StoreEvent event(Event event) {
        KeyValue kv = event.getKv();
        @Nullable Entry previous = event.hasPrevKv() ? entry(event.getPrevKv()) : null;
        if (event.getType() == Event.EventType.DELETE) {
            if (previous == null) {
                throw StoreException.compacted(0);
            }
            return new StoreEvent.Delete(previous.key(), kv.getModRevision(), previous);
        }
        if (previous == null && kv.getCreateRevision() != kv.getModRevision()) {
            throw StoreException.compacted(0);
        }
        return new StoreEvent.Put(entry(kv), previous);
    }
}
