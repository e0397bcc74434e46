// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** An answer: complete, streaming, or a connection that changes its protocol. */
public sealed interface ApiResponse {
    /** The HTTP code. */
    int code();

    /** The header fields. */
    Headers headers();

    /** The same answer with other headers. */
    ApiResponse withHeaders(Headers headers);

    /**
     * An answer whose bytes are all there. The body is the parts one after the other; arrays are shared with caches and
     * must not be changed.
     */
    record Complete(int code, Headers headers, List<ByteBuffer> parts) implements ApiResponse {
        /** An answer of one array. */
        public static Complete of(int code, Headers headers, byte[] body) {
            return new Complete(code, headers, List.of(ByteBuffer.wrap(body).asReadOnlyBuffer()));
        }

        @Override
        public Complete withHeaders(Headers changed) {
            return new Complete(code, changed, parts);
        }

        /** Number of bytes of the body. */
        public long length() {
            long length = 0;
            for (ByteBuffer part : parts) {
                length += part.remaining();
            }
            return length;
        }

        /** A copy of the body. */
        public byte[] body() {
            byte[] body = new byte[Math.toIntExact(length())];
            int at = 0;
            for (ByteBuffer part : parts) {
                ByteBuffer view = part.duplicate();
                int size = view.remaining();
                view.get(body, at, size);
                at += size;
            }
            return body;
        }
    }

    /**
     * An answer that is pushed piece by piece. Each element is a group of buffers to be written together and flushed. The
     * publisher takes one subscriber; cancelling the subscription frees what stands behind it.
     *
     * @param flushEach true for streams whose pieces must leave at once (watches); false for long bodies (lists)
     */
    record Streaming(int code, Headers headers, Flow.Publisher<List<ByteBuffer>> chunks, boolean flushEach)
            implements ApiResponse {
        @Override
        public Streaming withHeaders(Headers changed) {
            return new Streaming(code, changed, chunks, flushEach);
        }
    }

    /** A connection that goes on in another protocol, by both sides' bytes. */
    record Upgraded(int code, Headers headers, Flow.Processor<ByteBuffer, ByteBuffer> channel) implements ApiResponse {
        @Override
        public Upgraded withHeaders(Headers changed) {
            return new Upgraded(code, changed, channel);
        }
    }
}
