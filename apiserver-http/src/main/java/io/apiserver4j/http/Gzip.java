// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** One body on its way into gzip form (RFC 1952), at the fastest level, as kube-apiserver does. For use on one thread at a time. */
final class Gzip {
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};
    private static final int BLOCK = 32 * 1024;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 crc = new CRC32();
    private byte[] block = new byte[BLOCK];
    private int filled;
    private List<ByteBuffer> made = new ArrayList<>(2);
    private boolean closed;

    Gzip() {
        System.arraycopy(HEAD, 0, block, 0, HEAD.length);
        filled = HEAD.length;
    }

    /** Takes parts of the body in; the buffers' positions stay. */
    void add(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            crc.update(part.duplicate());
            deflater.setInput(part.duplicate());
            while (!deflater.needsInput()) {
                deflate();
            }
        }
    }

    /** The body is complete. */
    void finish() {
        deflater.finish();
        while (!deflater.finished()) {
            deflate();
        }
        room(8);
        ByteBuffer.wrap(block, filled, 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt((int) deflater.getBytesRead());
        filled += 8;
        cut();
        close();
    }

    /** Full blocks made since the last time. */
    List<ByteBuffer> take() {
        List<ByteBuffer> taken = made;
        made = new ArrayList<>(2);
        return taken;
    }

    /** Frees what is outside of the heap. */
    void close() {
        if (!closed) {
            closed = true;
            deflater.end();
        }
    }

    private void deflate() {
        room(1);
        filled += deflater.deflate(block, filled, block.length - filled);
    }

    private void room(int needed) {
        if (block.length - filled < needed) {
            cut();
            block = new byte[BLOCK];
        }
    }

    private void cut() {
        if (filled > 0) {
            made.add(ByteBuffer.wrap(block, 0, filled));
            filled = 0;
        }
    }
}
