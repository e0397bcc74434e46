// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Single calls to etcd, each with a deadline. A call waits for a connection as long as its deadline allows. Reads are
 * tried again while etcd says that it cannot answer now; writes are not, as they may have happened.
 */
final class Calls {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final KVGrpc.KVBlockingStub kv;
    private final LeaseGrpc.LeaseBlockingStub lease;
    private final MaintenanceGrpc.MaintenanceBlockingStub maintenance;
    private final Duration timeout;
    private volatile boolean closed;

    Calls(ManagedChannel channel, Duration timeout) {
        this.kv = KVGrpc.newBlockingStub(channel).withWaitForReady().withMaxInboundMessageSize(Integer.MAX_VALUE);
        this.lease = LeaseGrpc.newBlockingStub(channel).withWaitForReady();
        this.maintenance = MaintenanceGrpc.newBlockingStub(channel).withWaitForReady();
        this.timeout = timeout;
    }

    <T> T read(Function<KVGrpc.KVBlockingStub, T> call) {
        return retried(kv, call, timeout);
    }

    /** A read with less patience. */
    <T> T read(Duration patience, Function<KVGrpc.KVBlockingStub, T> call) {
        return retried(kv, call, patience);
    }

    <T> T status(Function<MaintenanceGrpc.MaintenanceBlockingStub, T> call) {
        return retried(maintenance, call, timeout);
    }

    /** A write, once; throws what gRPC throws. */
    <T> T write(Function<KVGrpc.KVBlockingStub, T> call) {
        checkOpen();
        return call.apply(within(kv, timeout.toNanos()));
    }

    /** A grant, once: one that is lost expires. */
    <T> T lease(Function<LeaseGrpc.LeaseBlockingStub, T> call) {
        checkOpen();
        return call.apply(within(lease, timeout.toNanos()));
    }

    private <S extends AbstractBlockingStub<S>, T> T retried(S stub, Function<S, T> call, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long pause = FIRST_PAUSE.toNanos();
        while (true) {
            checkOpen();
            try {
                return call.apply(within(stub, Math.max(1, deadline - System.nanoTime())));
            } catch (StatusRuntimeException failure) {
                if (closed || !ErrorMap.mayPass(failure) || deadline - System.nanoTime() < pause) {
                    throw ErrorMap.of(failure);
                }
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
            }
        }
    }

    private static <S extends AbstractBlockingStub<S>> S within(S stub, long nanos) {
        return stub.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS);
    }

    void checkOpen() {
        if (closed) {
            throw ErrorMap.closedStore();
        }
    }

    void close() {
        closed = true;
    }
}
