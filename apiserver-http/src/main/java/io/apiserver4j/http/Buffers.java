// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;

/** Turns the server's buffers into those of the sockets. */
final class Buffers {
    /** Below this mean size, copying parts together is cheaper than carrying them one by one through TLS. */
    private static final int WORTH_CARRYING = 4 * 1024;

    private Buffers() {}

    /** The parts one after the other; large ones are shared, small ones copied. */
    static ByteBuf join(List<ByteBuffer> parts) {
        if (parts.size() == 1) {
            return Unpooled.wrappedBuffer(parts.get(0));
        }
        long length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        if (length >= (long) parts.size() * WORTH_CARRYING) {
            return Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuffer[]::new));
        }
        ByteBuf joined = EventLoops.BUFFERS.heapBuffer((int) length);
        for (ByteBuffer part : parts) {
            joined.writeBytes(part.duplicate());
        }
        return joined;
    }
}
