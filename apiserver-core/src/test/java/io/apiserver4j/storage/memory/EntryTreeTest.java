// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTreeTest {

    @ParameterizedTest
    @ValueSource(ints = {30, 500, 20_000})
    void agreesWithASortedMap(int keys) {
        long seed = Long.getLong("tree.seed", System.nanoTime());
        System.out.println("tree.seed=" + seed);
        Random random = new Random(seed);
        TreeMap<String, Entry> model = new TreeMap<>();
        EntryTree tree = EntryTree.EMPTY;
        int steps = 3 * keys;
        for (int i = 0; i < steps; i++) {
            // grows in the first half, shrinks in the second, so that nodes are split and joined
            boolean put = random.nextInt(10) < (i < steps / 2 ? 8 : 2);
            String key = "k" + random.nextInt(keys);
            if (put) {
                model.put(key, entry(key, i));
                tree = tree.put(entry(key, i));
            } else {
                model.remove(key);
                tree = tree.remove(key);
            }
            if (i % (steps / 30) == 0) {
                check(tree, model, random, seed);
            }
        }
        for (String key : List.copyOf(model.keySet())) {
            tree = tree.remove(key);
        }
        assertThat(tree).isSameAs(EntryTree.EMPTY);
    }

    private static void check(EntryTree tree, TreeMap<String, Entry> model, Random random, long seed) {
        assertThat(tree.size()).isEqualTo(model.size());
        assertThat(tree.all()).as("seed %d", seed).isEqualTo(List.copyOf(model.values()));
        for (int i = 0; i < 20; i++) {
            String from = "k" + random.nextInt(1000);
            String to = "k" + random.nextInt(1000);
            KeyRange range = i % 2 == 0 ? KeyRange.between(from, to) : KeyRange.prefix(from);
            String end = range.to();
            SortedMap<String, Entry> within =
                    range.isEmpty() || end == null ? new TreeMap<>() : model.subMap(from, end);
            assertThat(tree.count(range)).as("%s, seed %d", range, seed).isEqualTo(within.size());
            assertThat(tree.slice(range, 5))
                    .as("%s, seed %d", range, seed)
                    .isEqualTo(within.values().stream().limit(5).toList());
            assertThat(tree.get(from)).isEqualTo(model.get(from));
        }
    }

    @Test
    void oldTreesStayAsTheyWere() {
        List<EntryTree> trees = new ArrayList<>(List.of(EntryTree.EMPTY));
        for (int i = 0; i < 500; i++) {
            trees.add(trees.get(i).put(entry("k" + (1000 + i * 7 % 500), i)));
        }
        for (int i = 0; i < 500; i++) {
            assertThat(trees.get(i).size()).isEqualTo(i);
            assertThat(trees.get(i).all()).extracting(Entry::key).isSorted().hasSize(i);
        }
    }

    private static Entry entry(String key, int revision) {
        return new Entry(key, new byte[0], revision, revision, 1, 0);
    }
}
