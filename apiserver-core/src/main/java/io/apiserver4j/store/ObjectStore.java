// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.storage.CommitResult;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.storage.Write;
import io.apiserver4j.store.cache.DirectFeed;
import io.apiserver4j.store.cache.FeedSink;
import io.apiserver4j.store.cache.ObjectFeed;
import io.apiserver4j.store.cache.WatchCache;
import io.apiserver4j.store.seal.Opened;
import io.apiserver4j.store.seal.SealException;
import io.apiserver4j.store.seal.StorageForm;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one stored resource. Single objects are read from the store itself; lists and watches come from the watch
 * cache, which is made when the first of them is asked for. Trees that go in and out are in the stored version.
 */
public final class ObjectStore implements AutoCloseable {
    private static final Duration FRESH_PATIENCE = Duration.ofSeconds(3);
    private static final int EXACT_PAGE = 1000;
    private static final int MOST_FRESH = 10_000;

    private final ResourceDefinition definition;
    private final KeyValueStore store;
    private final KeyLayout layout;
    private final long ttlSeconds;
    private final Map<String, Fresh> fresh = new ConcurrentHashMap<>();
    private final @Nullable StorageForm form;
    private final AtomicLong written = new AtomicLong();
    private volatile @Nullable WatchCache cache;

    /** What a write knows of an object; handed to the cache under its key, together with the bytes that were stored. */
    private record Fresh(byte[] stored, byte[] bytes, StoredObject.Header header) {
        boolean is(byte[] found) {
            return stored == found || Arrays.equals(stored, found);
        }
    }

    ObjectStore(ResourceDefinition definition, KeyValueStore store, StoreOptions options) {
        this.definition = definition;
        this.store = store;
        this.layout = KeyLayout.of(definition, options.root());
        this.form = options.form(definition);
        long own = definition.storage().ttlSeconds();
        this.ttlSeconds = own == 0 || options.expirySeconds() == 0 ? own : options.expirySeconds();
    }

    /** The key of a name, whether anything is kept there or not. */
    public String keyOf(String namespace, String name) {
        return layout.key(namespace, name);
    }

    /** The object of a name as the store has it now, or null. */
    public @Nullable StoredObject get(String namespace, String name) {
        return guard(() -> {
            Entry entry = store.get(layout.key(namespace, name));
            return entry == null ? null : read(entry);
        });
    }

    /**
     * The object of a name as the watch cache has it, or as the store has it where the cache knows none; null where neither
     * does. For those who ask at every call: costs no trip to the store.
     */
    public @Nullable StoredObject recent(String namespace, String name) {
        StoredObject cached = cache().peek(layout.key(namespace, name));
        return cached != null ? cached : get(namespace, name);
    }

    private StoredObject read(Entry entry) {
        if (definition.storage().renewal() != null) {
            StoredObject cached = cached(entry);
            if (cached != null) {
                return cached;
            }
        }
        Opened opened = open(entry);
        byte[] bytes = renewed(opened.bytes());
        return new StoredObject(
                entry.key(),
                bytes,
                entry.modRevision(),
                StoredJson.spliceOffset(bytes),
                LazyHeader.NONE,
                opened.stale());
    }

    private Opened open(Entry entry) {
        return form == null ? new Opened(entry.value(), false) : form.open(entry.key(), entry.value());
    }

    private @Nullable StoredObject cached(Entry entry) {
        WatchCache known = cache;
        StoredObject cached = known == null ? null : known.peek(entry.key());
        return cached != null && cached.revision() == entry.modRevision() ? cached : null;
    }

    /** Makes an object of an entry with all that selectors ask for. */
    private StoredObject readWhole(Entry entry) {
        Fresh own = fresh.get(entry.key());
        if (own != null && own.is(entry.value())) {
            fresh.remove(entry.key(), own);
            return whole(entry, own.bytes(), own.header(), false);
        }
        Opened opened;
        try {
            opened = open(entry);
        } catch (SealException e) {
            throw new SealException("unable to transform key \"" + entry.key() + "\": " + e.getMessage(), e);
        }
        byte[] bytes = renewed(opened.bytes());
        return whole(entry, bytes, header(StoredJson.decode(bytes, entry.modRevision())), opened.stale());
    }

    private static StoredObject whole(Entry entry, byte[] bytes, StoredObject.Header header, boolean stale) {
        return new StoredObject(entry.key(), bytes, entry.modRevision(), StoredJson.spliceOffset(bytes), header, stale);
    }

    /** The bytes in the form that the present definition stores; the same ones where they are. */
    private byte[] renewed(byte[] bytes) {
        UnaryOperator<ObjectValue> renewal = definition.storage().renewal();
        if (renewal == null) {
            return bytes;
        }
        ObjectValue tree = JsonReader.readObject(bytes);
        ObjectValue renewed = renewal.apply(tree);
        return renewed == tree ? bytes : StoredJson.encode(renewed);
    }

    private StoredObject.Header header(ObjectValue tree) {
        ObjectMeta meta = ObjectMeta.of(tree);
        Map<String, Function<ObjectValue, String>> readers = definition.fields().readers();
        Map<String, String> fields;
        if (readers.isEmpty()) {
            fields = Map.of();
        } else {
            fields = new TreeMap<>();
            readers.forEach((label, reader) -> fields.put(label, reader.apply(tree)));
        }
        return new StoredObject.Header(meta.namespace(), meta.name(), meta.labels(), fields);
    }

    /** Keeps a new object; fails with 409 where the name is taken. Returns it as kept. */
    public StoredObject create(ObjectValue tree) {
        ObjectMeta meta = ObjectMeta.of(tree);
        String key = layout.key(meta.namespace(), meta.name());
        StoredObject made = commit(key, Precondition.absent(), tree);
        if (made == null) {
            throw Status.alreadyExists(definition.group(), definition.plural(), meta.name())
                    .asException();
        }
        return made;
    }

    /** Replaces an object; null where it was changed or removed since {@code current} was read. */
    public @Nullable StoredObject replace(StoredObject current, ObjectValue tree) {
        return commit(current.key(), Precondition.atRevision(current.revision()), tree);
    }

    /** True where the stored bytes of an object would not change with this tree. */
    public boolean isUnchanged(StoredObject current, ObjectValue tree) {
        return !current.stale() && Arrays.equals(current.bytes(), StoredJson.encode(tree));
    }

    /**
     * Replaces an object where its stored bytes change, and gives it as kept: {@code current} itself where they do not. Null
     * where it was changed or removed since it was read.
     */
    public @Nullable StoredObject replaceIfChanged(StoredObject current, ObjectValue tree) {
        byte[] bytes = StoredJson.encode(tree);
        return !current.stale() && Arrays.equals(current.bytes(), bytes)
                ? current
                : commit(current.key(), Precondition.atRevision(current.revision()), tree, bytes);
    }

    private @Nullable StoredObject commit(String key, Precondition precondition, ObjectValue tree) {
        return commit(key, precondition, tree, StoredJson.encode(tree));
    }

    private @Nullable StoredObject commit(String key, Precondition precondition, ObjectValue tree, byte[] bytes) {
        StoredObject.Header header = header(tree);
        byte[] stored = form == null ? bytes : guard(() -> form.close(key, bytes, tree));
        Fresh known = null;
        if (cache != null) {
            known = new Fresh(stored, bytes, header);
            remember(key, known);
        }
        CommitResult result = null;
        try {
            result = guard(() -> store.commit(precondition, new Write.Put(key, stored, ttlSeconds)));
        } finally {
            if (known != null && !(result instanceof CommitResult.Committed)) {
                fresh.remove(key, known);
            }
        }
        return result instanceof CommitResult.Committed committed
                ? new StoredObject(
                        key, bytes, noted(committed.revision()), StoredJson.spliceOffset(bytes), header, false)
                : null;
    }

    private void remember(String key, Fresh known) {
        if (fresh.size() > MOST_FRESH) { // those that a cache never asked for
            fresh.clear();
        }
        fresh.put(key, known);
    }

    private long noted(long revision) {
        written.accumulateAndGet(revision, Math::max);
        return revision;
    }

    /** The revision of the last change that was made through this store; what others write to the same place is not in it. */
    public long writtenRevision() {
        return written.get();
    }

    /** Removes an object; 0 where it was changed or removed since it was read, else the revision of the removal. */
    public long delete(StoredObject current) {
        CommitResult result =
                guard(() -> store.commit(Precondition.atRevision(current.revision()), new Write.Delete(current.key())));
        return result instanceof CommitResult.Committed committed ? noted(committed.revision()) : 0;
    }

    private static <T extends @Nullable Object> T guard(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            throw StoreFailures.toApi(e);
        } catch (SealException e) {
            throw Status.internalError(String.valueOf(e.getMessage())).asException();
        }
    }

    private WatchCache cache() {
        WatchCache known = cache;
        if (known == null || known.isBroken()) {
            synchronized (this) {
                known = cache;
                if (known == null || known.isBroken()) {
                    known = new WatchCache(store, range(), this::readWhole);
                    guard(known::start);
                    cache = known;
                }
            }
        }
        return known;
    }

    private KeyRange range() {
        return KeyRange.prefix(layout.prefix(""));
    }

    /** A list, or a page of one. Fails with 410 where an exact revision is no longer kept, 504 where one is yet to come. */
    public ObjectPage list(ListQuery query) {
        String prefix = layout.prefix(query.namespace());
        String from = query.startKey().isEmpty() ? "" : layout.prefix("") + query.startKey();
        if (query.match() == ListQuery.Match.EXACT) {
            long revision = query.revision();
            if (revision > currentRevision()) {
                throw StoreFailures.tooLarge(revision, currentRevision());
            }
            return exact(query, revision, prefix, from);
        }
        WatchCache known = cache();
        long wanted = switch (query.match()) {
            case LATEST -> currentRevision();
            case NOT_OLDER -> query.revision();
            default -> 0;
        };
        if (!mayWait(known, wanted)) {
            long now = currentRevision();
            if (wanted > now) {
                throw StoreFailures.tooLarge(wanted, now);
            }
            return exact(query, now, prefix, from);
        }
        awaitFresh(known, wanted);
        WatchCache.View view = known.view(prefix, from);
        return page(query, view.objects(), Math.max(view.revision(), wanted));
    }

    /**
     * Whether the cache is as new as wanted or will be told soon that it is. With a store that can't tell, a cache whose
     * objects don't change would be waited for in vain.
     */
    private boolean mayWait(WatchCache known, long wanted) {
        return known.revision() >= wanted || guard(store::progressIsExact);
    }

    private void awaitFresh(WatchCache known, long wanted) {
        if (known.revision() < wanted && (wanted > currentRevision() || !known.awaitRevision(wanted, FRESH_PATIENCE))) {
            throw StoreFailures.tooLarge(wanted, currentRevision());
        }
    }

    private ObjectPage page(ListQuery query, Iterable<StoredObject> objects, long revision) {
        List<StoredObject> out = new ArrayList<>();
        String next = null;
        long remaining = 0;
        for (StoredObject object : objects) {
            if (next != null) {
                remaining++;
                if (query.filtered()) {
                    break;
                }
                continue;
            }
            // a full page goes on where anything follows, whether it will pass the filter or not
            if (query.limit() > 0 && out.size() >= query.limit()) {
                next = relative(out.get(out.size() - 1).key()) + "\0";
                remaining = 1;
                continue;
            }
            if (query.filter().test(object)) {
                out.add(object);
            }
        }
        return new ObjectPage(out, revision, next, next == null || query.filtered() ? null : (Long) remaining);
    }

    private String relative(String key) {
        return key.substring(layout.prefix("").length());
    }

    /** A list out of the store's own history. */
    private ObjectPage exact(ListQuery query, long revision, String prefix, String from) {
        List<StoredObject> out = new ArrayList<>();
        String start = from.isEmpty() ? prefix : from;
        KeyRange whole = KeyRange.prefix(prefix);
        while (true) {
            String pageStart = start;
            RangePage page =
                    guard(() -> store.range(new RangeQuery(whole.startingAt(pageStart), EXACT_PAGE, revision, false)));
            int taken = 0;
            for (Entry entry : page.entries()) {
                StoredObject cached = cached(entry);
                StoredObject object = cached != null ? cached : guard(() -> readWhole(entry));
                if (query.limit() > 0 && out.size() >= query.limit()) {
                    Long left = query.filtered() ? null : (Long) (page.count() - taken);
                    return new ObjectPage(
                            out, revision, relative(out.get(out.size() - 1).key()) + "\0", left);
                }
                if (query.filter().test(object)) {
                    out.add(object);
                }
                taken++;
            }
            if (!page.more()) {
                return new ObjectPage(out, revision, null, null);
            }
            start = page.entries().get(page.entries().size() - 1).key() + "\0";
        }
    }

    /** The objects of a namespace (or all) as the cache has them, as new as the store was when this was called. */
    public List<StoredObject> current(String namespace) {
        return list(new ListQuery(namespace, o -> true, false, 0, ListQuery.Match.LATEST, 0, ""))
                .objects();
    }

    /**
     * The objects of a namespace (or all) as the cache has them: with all that this server wrote itself, maybe without what
     * others wrote just now. Asks the store nothing.
     */
    public Iterable<StoredObject> known(String namespace) {
        return following().view(layout.prefix(namespace), "").objects();
    }

    /** The object of a name as the cache has it, or null; as new as {@link #known(String)}. */
    public @Nullable StoredObject known(String namespace, String name) {
        return following().peek(layout.key(namespace, name));
    }

    private WatchCache following() {
        WatchCache known = cache();
        known.awaitRevision(written.get(), FRESH_PATIENCE);
        return known;
    }

    /** How much there is, as far as that is known without asking the store; null where nothing was listed yet. */
    public @Nullable StoredSizes sizes() {
        WatchCache known = cache;
        return known == null ? null : known.sizes();
    }

    /** Number of objects in a namespace (or all) as the store has them now. */
    public long count(String namespace) {
        return store.count(KeyRange.prefix(layout.prefix(namespace)));
    }

    /** Waits until the cache knows a revision; fails with 504 where that does not come. */
    public void awaitRevision(long revision) {
        if (revision > 0) {
            awaitFresh(cache(), revision);
        }
    }

    /** A watcher of what comes behind a revision. Fails with 410 where that is no longer kept. */
    public ObjectFeed watch(long afterRevision, String namespace, Predicate<StoredObject> filter, FeedSink sink) {
        ObjectFeed feed = cache().watch(afterRevision, within(namespace, filter), sink);
        if (feed != null) {
            return feed;
        }
        // older than the cache's window: the store's own history may still have it
        return guard(
                () -> DirectFeed.open(store, range(), afterRevision, within(namespace, filter), sink, this::readWhole));
    }

    /** A watcher that is first given the objects as they are now, with their revision. */
    public ObjectFeed watchWithState(
            String namespace,
            Predicate<StoredObject> filter,
            FeedSink sink,
            boolean fresh,
            ObjLongConsumer<List<StoredObject>> initial) {
        WatchCache known = cache();
        if (fresh) {
            long wanted = currentRevision();
            if (!mayWait(known, wanted)) {
                ListQuery all = new ListQuery(namespace, filter, true, 0, ListQuery.Match.EXACT, wanted, "");
                initial.accept(list(all).objects(), wanted);
                return watch(wanted, namespace, filter, sink);
            }
            awaitFresh(known, wanted);
        }
        return known.watchWithState(layout.prefix(namespace), within(namespace, filter), sink, initial);
    }

    private Predicate<StoredObject> within(String namespace, Predicate<StoredObject> filter) {
        if (namespace.isEmpty() || !definition.namespaced()) {
            return filter;
        }
        String prefix = layout.prefix(namespace);
        return object -> object.key().startsWith(prefix) && filter.test(object);
    }

    /** The revision of the store as it is now. */
    public long currentRevision() {
        return guard(store::currentRevision);
    }

    /** The revision up to which watchers have been told everything. */
    public long deliveredRevision() {
        return cache().deliveredRevision();
    }

    @Override
    public void close() {
        WatchCache known = cache;
        if (known != null) {
            known.close();
        }
    }

    /** Objects read one by one answer no selectors; their header is made by nobody. */
    private static final class LazyHeader {
        static final StoredObject.Header NONE = new StoredObject.Header("", "", ObjectValue.EMPTY, Map.of());
    }

    /** Failures of one write as the exception that ends the request. */
    public static ApiException modified(ResourceDefinition definition, String name) {
        return Status.modified(definition.group(), definition.plural(), name).asException();
    }
}
