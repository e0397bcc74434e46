// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import com.google.protobuf.ByteString;
import io.apiserver4j.contract.EtcdProgram;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real etcd with what the tests of the store want of it. Where none can be had, the test is skipped and says why. */
final class EtcdProcess implements AutoCloseable {

    private final EtcdProgram program;

    private EtcdProcess(EtcdProgram program) {
        this.program = program;
    }

    /** Starts one; which is what {@code tools/etcd} is asked for: empty, {@code old} or {@code current}. */
    static EtcdProcess start(String which, String... options) throws Exception {
        return new EtcdProcess(EtcdProgram.start(which, options));
    }

    String endpoint() {
        return program.endpoint();
    }

    EtcdStore.Builder store() {
        return EtcdStore.builder().endpoints(List.of(endpoint()));
    }

    /** Runs it, on the data that are there. */
    void run() throws IOException {
        program.run();
    }

    /** As by kill -9. */
    void kill() throws InterruptedException {
        program.kill();
    }

    /** Removes every key of the tests. */
    void clear() {
        ManagedChannel channel = new Connection().open(List.of(endpoint()));
        try {
            KVGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .deleteRange(DeleteRangeRequest.newBuilder()
                            .setKey(ByteString.copyFromUtf8("/"))
                            .setRangeEnd(ByteString.copyFromUtf8("0"))
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }

    @Override
    public void close() throws Exception {
        program.close();
    }
}
