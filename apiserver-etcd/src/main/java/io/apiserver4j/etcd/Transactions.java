// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.CommitResult.Committed;
import io.apiserver4j.storage.CommitResult.Conflict;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.Write;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Conditional writes, each one transaction: if the key's revision is the expected one, the write, otherwise a read of
 * what is there instead. So a conflict costs no second call, and tells the entry that was in the way.
 */
final class Transactions {

    private final Calls calls;
    private final LeasePool leases;

    Transactions(Calls calls, LeasePool leases) {
        this.calls = calls;
        this.leases = leases;
    }

    CommitResult commit(Precondition precondition, Write write) {
        if (precondition instanceof Precondition.Absent && write instanceof Write.Delete) {
            // Never to be done: only what is there is of interest.
            return new Conflict(found(calls.read(kv -> kv.range(read(write.key())))));
        }
        try {
            return attempt(precondition, write);
        } catch (StatusRuntimeException failure) {
            if (ErrorMap.leaseIsGone(failure) && write instanceof Write.Put put) {
                leases.forget();
                return again(precondition, put);
            }
            throw ErrorMap.of(failure);
        }
    }

    private CommitResult again(Precondition precondition, Write.Put put) {
        try {
            return attempt(precondition, put);
        } catch (StatusRuntimeException failure) {
            throw ErrorMap.of(failure);
        }
    }

    private CommitResult attempt(Precondition precondition, Write write) {
        TxnRequest.Builder request = TxnRequest.newBuilder().addSuccess(operation(write));
        if (!(precondition instanceof Precondition.Any)) {
            long expected = precondition instanceof Precondition.AtRevision at ? at.modRevision() : 0;
            request.addCompare(Compare.newBuilder()
                            .setKey(Messages.key(write.key()))
                            .setTarget(Compare.CompareTarget.MOD)
                            .setResult(Compare.CompareResult.EQUAL)
                            .setModRevision(expected))
                    .addFailure(RequestOp.newBuilder().setRequestRange(read(write.key())));
        }
        TxnRequest built = request.build();
        TxnResponse answer = calls.write(kv -> kv.txn(built));
        if (!answer.getSucceeded()) {
            return new Conflict(found(answer.getResponses(0).getResponseRange()));
        }
        long revision = answer.getHeader().getRevision();
        if (write instanceof Write.Put) {
            return new Committed(revision, null);
        }
        DeleteRangeResponse deleted = answer.getResponses(0).getResponseDeleteRange();
        return deleted.getDeleted() == 0
                ? new Conflict(null)
                : new Committed(revision, Messages.entry(deleted.getPrevKvs(0)));
    }

    private RequestOp operation(Write write) {
        if (write instanceof Write.Put put) {
            PutRequest.Builder request =
                    PutRequest.newBuilder().setKey(Messages.key(put.key())).setValue(Messages.value(put.value()));
            if (put.ttlSeconds() > 0) {
                request.setLease(leases.take(put.ttlSeconds()));
            }
            return RequestOp.newBuilder().setRequestPut(request).build();
        }
        return RequestOp.newBuilder()
                .setRequestDeleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(Messages.key(write.key()))
                        .setPrevKv(true))
                .build();
    }

    private static RangeRequest read(String key) {
        return RangeRequest.newBuilder().setKey(Messages.key(key)).build();
    }

    static @Nullable Entry found(RangeResponse answer) {
        return answer.getKvsCount() == 0 ? null : Messages.entry(answer.getKvs(0));
    }
}
