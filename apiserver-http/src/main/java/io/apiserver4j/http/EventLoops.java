// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The threads that read and write sockets: few daemon threads for all servers of the JVM, started when first needed and
 * never ended, so that starting and closing a server costs no thread.
 */
@SuppressWarnings("deprecation") // the group's newer form does not exist in Netty 4.1, which embedders may bring
final class EventLoops {
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));

    static final EventLoopGroup SHARED =
            new NioEventLoopGroup(THREADS, new DefaultThreadFactory("apiserver4j-http", true));

    /** Heap buffers: TLS of the JDK works on arrays, and direct ones measured at twice the cost of a small answer. */
    static final ByteBufAllocator BUFFERS = new PooledByteBufAllocator(false, THREADS, THREADS, 8192, 7);

    /** Apart far enough that a chunk of a list does not flip the channel's writability at each write. */
    static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(96 * 1024, 256 * 1024);

    private EventLoops() {}
}
