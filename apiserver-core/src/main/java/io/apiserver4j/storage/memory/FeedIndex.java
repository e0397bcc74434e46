// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import com.google.common.collect.ImmutableList;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.StoreEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which feeds a key concerns. The bounds of all watched ranges cut the keys into segments, and each segment knows the
 * groups (feeds of equal range) that cover it: one binary search finds them, and feeds whose ranges are not touched
 * cost nothing.
 *
 * <p>Used by one thread at a time, the one that holds the hub's ticket.
 */
final class FeedIndex {

    /** The feeds of one range, and what the batch in work has for them. */
    static final class Group {
        /** Replaced, never changed: a feed may leave while a batch is on its way. */
        private List<MemoryFeed> feeds = List.of();

        private final List<StoreEvent> waiting = new ArrayList<>();

        private void add(MemoryFeed feed) {
            feeds = ImmutableList.<MemoryFeed>builder().addAll(feeds).add(feed).build();
        }

        private void remove(MemoryFeed feed) {
            feeds = feeds.stream().filter(other -> other != feed).toList();
        }

        int size() {
            return feeds.size();
        }

        /** Adds an event to the batch; true for the first one. */
        boolean add(StoreEvent event) {
            waiting.add(event);
            return waiting.size() == 1;
        }

        void deliver() {
            List<StoreEvent> batch = List.copyOf(waiting);
            waiting.clear();
            for (MemoryFeed feed : feeds) {
                feed.deliver(batch);
            }
        }
    }

    private static final Group[] NONE = {};

    private final Map<KeyRange, Group> groups = new HashMap<>();
    private String[] bounds = {};
    private Group[][] segments = {};
    private boolean stale;

    void add(MemoryFeed feed) {
        groups.computeIfAbsent(feed.range(), range -> {
                    stale = true;
                    return new Group();
                })
                .add(feed);
    }

    void remove(MemoryFeed feed) {
        Group group = groups.get(feed.range());
        if (group != null) {
            group.remove(feed);
            if (group.feeds.isEmpty()) {
                groups.remove(feed.range());
                stale = true;
            }
        }
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    Collection<MemoryFeed> all() {
        List<MemoryFeed> all = new ArrayList<>();
        groups.values().forEach(group -> all.addAll(group.feeds));
        return all;
    }

    Group[] covering(String key) {
        if (stale) {
            cut();
            stale = false;
        }
        int at = Arrays.binarySearch(bounds, key);
        at = at >= 0 ? at : -at - 2;
        return at < 0 ? NONE : segments[at];
    }

    private void cut() {
        TreeSet<String> all = new TreeSet<>();
        for (KeyRange range : groups.keySet()) {
            all.add(range.from());
            String to = range.to();
            if (to != null) {
                all.add(to);
            }
        }
        bounds = all.toArray(new String[0]);
        List<List<Group>> covers = new ArrayList<>(bounds.length);
        for (int i = 0; i < bounds.length; i++) {
            covers.add(new ArrayList<>(2));
        }
        groups.forEach((range, group) -> {
            String to = range.to();
            int end = to == null ? bounds.length : Arrays.binarySearch(bounds, to);
            for (int i = Arrays.binarySearch(bounds, range.from()); i < end; i++) {
                covers.get(i).add(group);
            }
        });
        segments = covers.stream().map(cover -> cover.toArray(NONE)).toArray(Group[][]::new);
    }
}
