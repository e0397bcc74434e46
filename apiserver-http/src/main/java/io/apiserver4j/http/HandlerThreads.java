// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that handlers run on. On Java 21 and newer each task is a virtual thread; before, a pool that grows to as
 * many threads as handlers may run at once, gives idle ones back soon, and only then lets tasks wait.
 */
final class HandlerThreads implements Executor, AutoCloseable {
    private static final @Nullable MethodHandle VIRTUAL = virtual();

    private final Executor executor;
    private final @Nullable ThreadPoolExecutor pool;

    private HandlerThreads(Executor executor, @Nullable ThreadPoolExecutor pool) {
        this.executor = executor;
        this.pool = pool;
    }

    /** Threads of the embedder's, who also ends them. */
    static HandlerThreads of(Executor executor) {
        return new HandlerThreads(executor, null);
    }

    /** Threads of our own. */
    static HandlerThreads own(int most) {
        MethodHandle start = VIRTUAL;
        if (start != null) {
            return new HandlerThreads(task -> startVirtual(start, task), null);
        }
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                0,
                most,
                5,
                TimeUnit.SECONDS,
                new HandOver(),
                task -> thread(task, "apiserver4j-handler-" + number.incrementAndGet()),
                (task, full) -> {
                    if (full.isShutdown()) {
                        // the last words of a closed server: a cancellation that must still reach its handler
                        thread(task, "apiserver4j-handler-last").start();
                    } else {
                        ((HandOver) full.getQueue()).put(task);
                    }
                });
        return new HandlerThreads(pool, pool);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Ends threads of our own once their tasks are done; of the embedder's, nothing. */
    @Override
    public void close() {
        if (pool != null) {
            pool.shutdown();
        }
    }

    private static void startVirtual(MethodHandle start, Runnable task) {
        try {
            Thread unused = (Thread) start.invokeExact(task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable MethodHandle virtual() {
        if (Runtime.version().feature() < 21) {
            return null; // there are early ones on 19 and 20, only as a preview
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Takes a task only where an idle thread waits for one; otherwise the pool starts a thread, if it still may. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }
}
