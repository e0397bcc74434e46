// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotTreeTest {
    /** A seed, printed; the property {@code snapshot.seed} repeats a run. */
    private static long seed() {
        long seed = Long.getLong("snapshot.seed", System.nanoTime());
        System.out.println("snapshot.seed=" + seed);
        return seed;
    }

    private static String key(Random random) {
        return "/" + (char) ('a' + random.nextInt(4)) + "/" + random.nextInt(60);
    }

    private static List<Integer> expected(TreeMap<String, Integer> map, String prefix, String from) {
        List<Integer> out = new ArrayList<>();
        map.tailMap(from.compareTo(prefix) > 0 ? from : prefix).forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                out.add(value);
            }
        });
        return out;
    }

    @Test
    void isTheSameAsASortedMap() {
        long seed = seed();
        Random random = new Random(seed);
        TreeMap<String, Integer> map = new TreeMap<>();
        SnapshotTree<Integer> tree = SnapshotTree.empty();
        for (int i = 0; i < 5000; i++) {
            String key = key(random);
            if (random.nextInt(5) < 2) {
                map.remove(key);
                tree = tree.without(key);
            } else {
                map.put(key, i);
                tree = tree.with(key, i);
            }
            String other = key(random);
            assertThat(tree.get(other)).as("seed %d", seed).isEqualTo(map.get(other));
            assertThat(tree.size()).as("seed %d", seed).isEqualTo(map.size());
            if (i % 50 == 0) {
                for (String prefix : List.of("", "/", "/a/", "/b/1", "/d/", "/e/", "/b/17")) {
                    String from = random.nextBoolean() ? "" : key(random) + "\0";
                    assertThat(tree.range(prefix, from))
                            .as("prefix %s from %s, seed %d", prefix, from, seed)
                            .containsExactlyElementsOf(expected(map, prefix, from));
                }
            }
        }
    }

    @Test
    void earlierSnapshotsStayAsTheyWere() {
        long seed = seed();
        Random random = new Random(seed);
        Map<SnapshotTree<Integer>, TreeMap<String, Integer>> kept = new java.util.IdentityHashMap<>();
        TreeMap<String, Integer> map = new TreeMap<>();
        SnapshotTree<Integer> tree = SnapshotTree.empty();
        for (int i = 0; i < 2000; i++) {
            String key = key(random);
            if (random.nextInt(3) == 0) {
                map.remove(key);
                tree = tree.without(key);
            } else {
                map.put(key, i);
                tree = tree.with(key, i);
            }
            if (i % 40 == 0) {
                kept.put(tree, new TreeMap<>(map));
            }
        }
        kept.forEach((snapshot, then) ->
                assertThat(snapshot.range("", "")).as("seed %d", seed).containsExactlyElementsOf(then.values()));
    }

    @Test
    void sortedKeysMakeNoChain() {
        SnapshotTree<Integer> tree = SnapshotTree.empty();
        for (int i = 0; i < 30_000; i++) {
            tree = tree.with("/registry/pods/default/pod-%06d".formatted(i), i);
        }
        assertThat(tree.size()).isEqualTo(30_000);
        assertThat(tree.range("/registry/pods/default/pod-02999", ""))
                .containsExactly(29990, 29991, 29992, 29993, 29994, 29995, 29996, 29997, 29998, 29999);
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        SnapshotTree<Integer> tree = SnapshotTree.<Integer>empty().with("/a", 1);
        assertThat(tree.without("/b")).isSameAs(tree);
        assertThat(tree.without("/a").size()).isZero();
    }
}
