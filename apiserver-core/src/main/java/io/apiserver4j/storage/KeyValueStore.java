// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A revisioned map from keys to bytes with conditional writes, consistent ranges and watches.
 *
 * <p><b>Revisions.</b> Every successful commit gives the whole store the next revision; revisions only grow, and a
 * store that was never written to is at a revision of at least 1. An expired entry is removed by a revision of the
 * store's own. One revision may carry several events on stores that are written to by others too; never two events of
 * one key.
 *
 * <p><b>History.</b> States older than the current one can be read and watched until the store {@linkplain #compact
 * compacts} them, by hand or by itself. All states from the compacted revision on are readable, and all events
 * <em>after</em> it can be watched.
 *
 * <p><b>Consistency.</b> {@link #get}, {@link #range} at the latest revision, {@link #count} and {@link
 * #currentRevision} are linearizable with commits: what a returned commit wrote is seen by each call that begins
 * afterwards.
 *
 * <p><b>Keys</b> are ASCII, such as {@code /registry/pods/default/web-0}, and ordered by their characters.
 * <b>Values</b> are arrays that are handed over in both directions: never copied, and never changed by anyone after
 * they were given to a store or came out of it.
 *
 * <p><b>Errors.</b> Every method may throw {@link StoreException} of kind {@code UNAVAILABLE}, always so after {@link
 * #close}; other kinds are named where they may happen. <b>Threads.</b> Safe for any number of threads; calls may
 * block.
 */
public interface KeyValueStore extends AutoCloseable {

    /** The latest entry under this key, or null where there is none. */
    @Nullable
    Entry get(String key);

    /**
     * Entries of one state of the store, in key order.
     *
     * @throws StoreException {@code COMPACTED} where the asked revision is older than the compacted one, {@code
     *     FUTURE_REVISION} where it is newer than the current one
     */
    RangePage range(RangeQuery query);

    /** The number of keys in the range in the latest state. */
    long count(KeyRange range);

    /**
     * Writes one key if the precondition holds, atomically.
     *
     * <p>A delete of a key that is not there is {@code Conflict(null)} under every precondition, and uses no revision.
     * A put replaces value and time to live together: one without a time to live makes the entry permanent. A commit
     * that ends with {@code UNAVAILABLE} may or may not have happened.
     *
     * @throws StoreException {@code TOO_LARGE} where the store does not take a value of this size; nothing has changed
     *     then
     */
    CommitResult commit(Precondition precondition, Write write);

    /**
     * Starts a feed of all events in the range whose revision is {@code fromRevision} or greater.
     *
     * <p>With 0 the feed begins right after the revision that is current at the call: whatever is committed after this
     * method returned is delivered. A revision that the store has not reached yet is fine; the feed waits for it.
     * Errors arrive by {@link FeedListener#onEnd}, which may be called before this method returns, as may the other
     * callbacks: {@code COMPACTED} where {@code fromRevision} is below the compacted revision (a store may still serve
     * the compacted revision itself, or refuse it too).
     *
     * <p>Of each key every event is delivered once, in order of revision, without gap; events of one revision are never
     * split over two batches.
     */
    StoreFeed watch(KeyRange range, long fromRevision, FeedListener listener);

    /**
     * Forgets the states before this revision. Does nothing where they are forgotten already; open feeds go on
     * undisturbed unless they still have to deliver what is forgotten.
     *
     * @throws StoreException {@code FUTURE_REVISION} where the revision is newer than the current one
     */
    void compact(long revision);

    /** The revision of the last commit (of anyone's). */
    long currentRevision();

    /** Figures about the store, for metrics and checks; cheap, not necessarily of one instant. */
    StoreStats stats();

    /**
     * Asks that each open feed be told soon, by {@link FeedListener#onProgress}, a revision that is at least the
     * current one of now. Returns without waiting for it; a request may be lost where the connection to the store is,
     * and may be made again.
     */
    void requestProgress();

    /**
     * Whether the progress that feeds are told on request can be trusted: that no event at or below it comes afterwards.
     * Where it cannot, a request tells nothing, and who needs the latest state reads it. Cheap; may change as the store is
     * upgraded below.
     */
    default boolean progressIsExact() {
        return true;
    }

    /**
     * Asks whether the store can answer, for health checks: a linearizable read of a key that need not be there.
     *
     * @param patience how long to wait for the answer at the most
     * @throws StoreException {@code UNAVAILABLE} where there is none by then
     */
    default void probe(String key, Duration patience) {
        get(key);
    }

    /** Ends all feeds with {@code UNAVAILABLE} and gives back what the store holds. Closing twice does nothing. */
    @Override
    void close();
}
