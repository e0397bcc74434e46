// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.FeedListener;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.StoreFeed;
import io.apiserver4j.storage.StoreStats;
import io.apiserver4j.storage.Write;
import org.jspecify.annotations.Nullable;

/** A store that hands its last listener to a test, which tells the events. */
final class Following implements KeyValueStore {
    private final KeyValueStore under;
    private final FeedListener[] listener;

    Following(KeyValueStore under, FeedListener[] listener) {
        this.under = under;
        this.listener = listener;
    }

    @Override
    public StoreFeed watch(KeyRange range, long fromRevision, FeedListener given) {
        listener[0] = given;
        return under.watch(range, fromRevision, given);
    }

    @Override
    public @Nullable Entry get(String key) {
        return under.get(key);
    }

    @Override
    public RangePage range(RangeQuery query) {
        return under.range(query);
    }

    @Override
    public long count(KeyRange range) {
        return under.count(range);
    }

    @Override
    public CommitResult commit(Precondition precondition, Write write) {
        return under.commit(precondition, write);
    }

    @Override
    public void compact(long revision) {
        under.compact(revision);
    }

    @Override
    public long currentRevision() {
        return under.currentRevision();
    }

    @Override
    public StoreStats stats() {
        return under.stats();
    }

    @Override
    public void requestProgress() {
        under.requestProgress();
    }

    @Override
    public void close() {
        under.close();
    }
}
