// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.contract.RecordingListener;
import io.apiserver4j.storage.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeedIndexTest {

    @Test
    void findsWhatEachRangeWouldSay() {
        long seed = Long.getLong("index.seed", System.nanoTime());
        System.out.println("index.seed=" + seed);
        Random random = new Random(seed);
        FeedHub hub = new FeedHub(new RevisionLog(), () -> RevisionLog.GENESIS);
        FeedIndex index = new FeedIndex();
        List<MemoryFeed> feeds = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            if (feeds.isEmpty() || random.nextInt(3) > 0) {
                MemoryFeed feed = new MemoryFeed(hub, range(random), 2, new RecordingListener());
                feeds.add(feed);
                index.add(feed);
            } else {
                index.remove(feeds.remove(random.nextInt(feeds.size())));
            }
            String key = key(random, 4);
            int found = 0;
            for (FeedIndex.Group group : index.covering(key)) {
                found += group.size();
            }
            assertThat(found)
                    .as("feeds for %s, step %d, seed %d", key, step, seed)
                    .isEqualTo((int) feeds.stream()
                            .filter(feed -> feed.range().contains(key))
                            .count());
            assertThat(index.all()).hasSameSizeAs(feeds);
        }
    }

    private static KeyRange range(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> KeyRange.all();
            case 1 -> KeyRange.between(key(random, 3), key(random, 3));
            default -> KeyRange.prefix(key(random, 3));
        };
    }

    private static String key(Random random, int most) {
        StringBuilder key = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            key.append((char) ('a' + random.nextInt(3)));
        }
        return key.toString();
    }
}
