// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import com.google.protobuf.ByteString;
import io.apiserver4j.storage.StoreException;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is older than one interval, and once per interval however many servers there are. They agree by one key,
 * the same one and in the same way as kube-apiserver does, so that both kinds of server may share an etcd: who replaces
 * the version of the key that it saw last has the turn; the others see how far the key has come, and wait.
 */
final class Compactor implements Runnable {

    /** The key by which servers agree; its version counts the turns, its value is the revision before the turn. */
    static final String KEY = "compact_rev_key";

    private static final Logger LOG = LoggerFactory.getLogger(EtcdStore.class);

    private final Calls calls;
    private final LongConsumer compact;
    private long turn;
    private long revision;

    Compactor(Calls calls, LongConsumer compact) {
        this.calls = calls;
        this.compact = compact;
    }

    /** Takes part from now on, on a thread of its own, which the caller ends. */
    ScheduledExecutorService every(Duration interval) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "apiserver4j-etcd-compaction");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return timer;
    }

    /** One turn, or a look at who else had it. */
    @Override
    public void run() {
        try {
            take();
        } catch (StatusRuntimeException | StoreException failure) {
            LOG.warn("the store was not compacted: {}", failure.getMessage());
        }
    }

    private void take() {
        ByteString key = Messages.key(KEY);
        TxnRequest request = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(key)
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setResult(Compare.CompareResult.EQUAL)
                        .setVersion(turn))
                .addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder()
                                .setKey(key)
                                .setValue(ByteString.copyFromUtf8(Long.toString(revision)))))
                .addFailure(RequestOp.newBuilder()
                        .setRequestRange(RangeRequest.newBuilder().setKey(key)))
                .build();
        TxnResponse answer = calls.write(kv -> kv.txn(request));
        long seen = revision;
        revision = answer.getHeader().getRevision();
        if (!answer.getSucceeded()) {
            turn = answer.getResponses(0).getResponseRange().getKvsCount() == 0
                    ? 0
                    : answer.getResponses(0).getResponseRange().getKvs(0).getVersion();
            return;
        }
        turn++;
        if (seen > 0) {
            compact.accept(seen);
        }
    }
}
