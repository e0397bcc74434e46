// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Answers of which a copy is kept as they pass. */
public final class KeptStream {
    private static final int LONGEST = 16 << 20;
    private static final byte[] NOTHING = {};

    private KeptStream() {}

    /**
     * An answer whose body is told at its end; of a very long one, and of one that does not come to its end, an empty one.
     */
    public static ApiResponse of(ApiResponse.Streaming answer, Consumer<byte[]> taker) {
        return new ApiResponse.Streaming(
                answer.code(),
                answer.headers(),
                new WatchedStream<>(answer.chunks(), () -> new Keeper(taker)),
                answer.flushEach());
    }

    private static final class Keeper implements WatchedStream.Watcher<List<ByteBuffer>> {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Consumer<byte[]> taker;

        Keeper(Consumer<byte[]> taker) {
            this.taker = taker;
        }

        @Override
        public void passes(List<ByteBuffer> pieces) {
            for (ByteBuffer piece : pieces) {
                if (kept.size() <= LONGEST) {
                    byte[] copy = new byte[piece.remaining()];
                    piece.duplicate().get(copy);
                    kept.writeBytes(copy);
                }
            }
        }

        @Override
        public void ends(boolean whole) {
            taker.accept(whole && kept.size() <= LONGEST ? kept.toByteArray() : NOTHING);
        }
    }
}
