// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A request's body while it arrives. It grows with what came and not with what was announced, so that announcing costs
 * the server nothing; it stops one byte above the limit. For use on one thread.
 */
final class RequestBody {
    private static final byte[] NONE = {};
    private static final int FIRST = 16 * 1024;

    private final Wiring wiring;
    private final int most;
    private final long announced;
    private byte[] bytes = NONE;
    private int size;
    private long held;

    /** A body of the announced length, -1 where it is not known. */
    RequestBody(Wiring wiring, long announced) {
        this.wiring = wiring;
        this.most = wiring.limits.bodyBytes() + 1;
        this.announced = announced;
    }

    /** Adds what fits of a piece; false where the server holds too many bytes already. */
    boolean add(ByteBuf piece) {
        int more = Math.min(piece.readableBytes(), most - size);
        if (more == 0) {
            return true;
        }
        if (size + more > bytes.length && !grow(size + more)) {
            return false;
        }
        piece.getBytes(piece.readerIndex(), bytes, size, more);
        size += more;
        return true;
    }

    /** True once the body is larger than it may be. */
    boolean isTooLarge() {
        return size >= most;
    }

    /** The bytes so far. */
    byte[] take() {
        return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
    }

    /** The server need not count these bytes any more. */
    void release() {
        wiring.release(held);
        held = 0;
    }

    private boolean grow(int needed) {
        long wanted = announced >= needed && announced <= FIRST ? announced : Math.max(2L * bytes.length, FIRST);
        if (announced >= needed) {
            wanted = Math.min(wanted, announced);
        }
        int capacity = (int) Math.min(Math.max(wanted, needed), most);
        if (!wiring.hold(capacity - bytes.length)) {
            return false;
        }
        held += capacity - bytes.length;
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }
}
