// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.StoreFeed;
import io.apiserver4j.storage.StoreStats;
import io.apiserver4j.storage.Write;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A store in etcd 3.4 or newer, alone or in a cluster; any number of servers may share it.
 *
 * <p>Calls are spread over the endpoints that answer, and wait for one as long as the timeout allows. Keys are etcd's
 * keys as they are. Texts of errors are etcd's. Every read is linearizable, so it needs a majority of members.
 *
 * <p><b>Progress.</b> An answer to {@link #requestProgress} can be trusted from etcd 3.4.31 and 3.5.13 on: older ones
 * may tell a revision whose events are still to come, and so are not asked.
 */
public final class EtcdStore implements KeyValueStore {

    private static final Duration VERSION_KNOWN = Duration.ofMinutes(1);

    private final ManagedChannel channel;
    private final Calls calls;
    private final Transactions transactions;
    private final WatchStreams watches;
    private final int members;
    private volatile long exactAsked = Long.MIN_VALUE;
    private volatile boolean exact;
    private @Nullable ScheduledExecutorService compactor;

    private EtcdStore(ManagedChannel channel, int members, Duration timeout) {
        this.channel = channel;
        this.members = members;
        this.calls = new Calls(channel, timeout);
        this.transactions = new Transactions(calls, new LeasePool(calls));
        this.watches = new WatchStreams(channel);
    }

    /** Settings for a store; at least one endpoint is to be given. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public @Nullable Entry get(String key) {
        RangeRequest request =
                RangeRequest.newBuilder().setKey(Messages.key(key)).build();
        return Transactions.found(calls.read(kv -> kv.range(request)));
    }

    @Override
    public RangePage range(RangeQuery query) {
        RangeRequest.Builder request = asked(query.range())
                .setLimit(query.limit())
                .setRevision(query.revision())
                .setKeysOnly(query.keysOnly());
        if (query.range().isEmpty()) {
            // etcd takes such bounds for one key, or refuses them; what is left is to see whether the revision is fit.
            request = nothing().setRevision(query.revision());
        }
        RangeRequest built = request.build();
        RangeResponse answer = calls.read(kv -> kv.range(built));
        List<Entry> entries = new ArrayList<>(answer.getKvsCount());
        for (KeyValue kv : answer.getKvsList()) {
            entries.add(Messages.entry(kv));
        }
        return new RangePage(
                Collections.unmodifiableList(entries),
                answer.getMore(),
                answer.getCount(),
                query.revision() == 0 ? answer.getHeader().getRevision() : query.revision());
    }

    @Override
    public long count(KeyRange range) {
        RangeRequest request = (range.isEmpty() ? nothing() : asked(range).setCountOnly(true)).build();
        return calls.read(kv -> kv.range(request)).getCount();
    }

    @Override
    public CommitResult commit(Precondition precondition, Write write) {
        return transactions.commit(precondition, write);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the connection to etcd breaks, the feed goes on over another one, right behind what it has delivered;
     * where etcd has compacted that meanwhile, it ends with {@code COMPACTED}.
     */
    @Override
    public StoreFeed watch(KeyRange range, long fromRevision, FeedListener listener) {
        calls.checkOpen();
        // Asked for here and not left to etcd, which would begin when the request arrives, and again with each stream.
        long from = fromRevision == 0 ? currentRevision() + 1 : fromRevision;
        return watches.start(range, from, listener);
    }

    @Override
    public void compact(long revision) {
        CompactionRequest request =
                CompactionRequest.newBuilder().setRevision(revision).build();
        try {
            calls.write(kv -> kv.compact(request));
        } catch (StatusRuntimeException failure) {
            StoreException mapped = ErrorMap.of(failure);
            if (mapped.kind() != StoreException.Kind.COMPACTED) {
                throw mapped;
            }
        }
    }

    @Override
    public long currentRevision() {
        RangeRequest request = nothing().build();
        return calls.read(kv -> kv.range(request)).getHeader().getRevision();
    }

    /** The figures of one member; bytes are its file's. The number of entries and the compacted revision are -1. */
    @Override
    public StoreStats stats() {
        StatusResponse status = status();
        long bytes = status.getDbSize();
        return new StoreStats(
                -1,
                bytes,
                Math.max(0, bytes - status.getDbSizeInUse()),
                status.getHeader().getRevision(),
                -1,
                watches.open());
    }

    @Override
    public void requestProgress() {
        calls.checkOpen();
        if (progressIsExact()) {
            watches.requestProgress();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Told by the versions of the members, which are asked again after a while: they change while a cluster is upgraded.
     *
     * @throws StoreException {@code UNAVAILABLE} where no member answers
     */
    @Override
    public boolean progressIsExact() {
        long now = System.nanoTime();
        if (exactAsked == Long.MIN_VALUE || now - exactAsked > VERSION_KNOWN.toNanos()) {
            boolean all = true;
            for (int i = 0; i < members; i++) { // calls go round
                all &= ProgressFix.isIn(status().getVersion());
            }
            exact = all;
            exactAsked = now;
        }
        return exact;
    }

    @Override
    public void probe(String key, Duration patience) {
        RangeRequest request =
                RangeRequest.newBuilder().setKey(Messages.key(key)).build();
        calls.read(patience, kv -> kv.range(request));
    }

    @Override
    public void close() {
        if (compactor != null) {
            compactor.shutdownNow();
        }
        calls.close();
        watches.close();
        channel.shutdownNow();
    }

    private StatusResponse status() {
        return calls.status(maintenance -> maintenance.status(StatusRequest.getDefaultInstance()));
    }

    private static RangeRequest.Builder asked(KeyRange range) {
        return RangeRequest.newBuilder().setKey(Messages.from(range)).setRangeEnd(Messages.end(range));
    }

    /** A question that etcd answers with its revision alone. */
    private static RangeRequest.Builder nothing() {
        return RangeRequest.newBuilder().setKey(Messages.ZERO).setCountOnly(true);
    }

    /** Settings of a store. */
    public static final class Builder {

        private final List<String> endpoints = new ArrayList<>();
        private final Connection connection = new Connection();
        private Duration timeout = Duration.ofSeconds(10);
        private Duration compaction = Duration.ZERO;

        private Builder() {}

        /** Members of the cluster, such as {@code https://10.0.0.1:2379}: all with {@code http} or all with TLS. */
        public Builder endpoints(List<String> newEndpoints) {
            endpoints.clear();
            endpoints.addAll(newEndpoints);
            return this;
        }

        /** PEM file of the authorities that etcd's certificates are checked against; the JDK's unless set. */
        public Builder trustedAuthorities(Path pem) {
            connection.authorities = pem;
            return this;
        }

        /** PEM files of the certificate that this client shows to etcd, and of its key (PKCS#8). */
        public Builder clientCertificate(Path certificatePem, Path keyPem) {
            connection.certificate = certificatePem;
            connection.key = keyPem;
            return this;
        }

        /** How long one call may take, waiting for a connection and attempts at reads included; ten seconds unless set. */
        public Builder timeout(Duration newTimeout) {
            if (newTimeout.isNegative() || newTimeout.isZero()) {
                throw new IllegalArgumentException("not a timeout: " + newTimeout);
            }
            timeout = newTimeout;
            return this;
        }

        /**
         * How often the store's past is forgotten, by whichever of the servers comes first (kube-apiserver's among them, as
         * they agree by the same key). Never, unless set: then etcd's own compaction is to be switched on, or its database
         * grows without end.
         */
        public Builder compactionInterval(Duration interval) {
            if (interval.isNegative()) {
                throw new IllegalArgumentException("not an interval: " + interval);
            }
            compaction = interval;
            return this;
        }

        /**
         * The store. Connects with the first call, so an etcd that is away is no error here.
         *
         * @throws IllegalArgumentException where the endpoints or the PEM files are not fit
         */
        public EtcdStore build() {
            EtcdStore store = new EtcdStore(connection.open(endpoints), Math.max(1, endpoints.size()), timeout);
            if (!compaction.isZero()) {
                store.compactor = new Compactor(store.calls, store::compact).every(compaction);
            }
            return store;
        }
    }
}
