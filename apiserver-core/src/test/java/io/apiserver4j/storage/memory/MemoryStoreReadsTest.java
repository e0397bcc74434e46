// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangePage;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A get reads another structure than a range does; nobody may be able to tell. */
class MemoryStoreReadsTest {

    @Test
    void getsAndRangesAgreeWhileACommitIsPublished() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<String> wrong = new ArrayList<>();
        try (MemoryStore store = MemoryStore.create()) {
            Thread writer = new Thread(() -> {
                for (int i = 0; i < 200_000; i++) {
                    store.commit(Precondition.any(), i % 2 == 0 ? Write.put("/k", new byte[0]) : Write.delete("/k"));
                }
                done.set(true);
            });
            writer.start();
            RangeQuery all = RangeQuery.of(KeyRange.all());
            while (!done.get() && wrong.isEmpty()) {
                // revision 2 put the key, 3 removed it, 4 put it ...: what is there follows from the revision
                RangePage before = store.range(all);
                Entry got = store.get("/k");
                RangePage after = store.range(all);
                check(before.entries().isEmpty() == (before.revision() % 2 == 1), "a range of " + before, wrong);
                long least = got == null ? before.revision() : got.modRevision();
                check(got == null || got.version() == 1, "a tombstone: " + got, wrong);
                check(least <= after.revision(), "not yet there after get: " + got + ", " + after, wrong);
                check(
                        got == null || got.modRevision() >= before.revision(),
                        "older than what was seen: " + got + ", " + before,
                        wrong);
                check(
                        got != null
                                || before.revision() < after.revision()
                                || before.entries().isEmpty(),
                        "gone before it was removed: " + before,
                        wrong);
            }
            done.set(true);
            writer.join();
        }
        assertThat(wrong).isEmpty();
    }

    private static void check(boolean holds, String what, List<String> wrong) {
        if (!holds) {
            wrong.add(what);
        }
    }
}
