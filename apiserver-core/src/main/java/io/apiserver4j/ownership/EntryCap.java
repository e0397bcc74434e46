// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bounds the number of entries of updates: beyond ten the oldest are put together, one bucket per version. */
final class EntryCap {
    private static final int MAX_UPDATERS = 10;
    private static final String BUCKET = "ancient-changes";

    private EntryCap() {}

    static ManagedFields cap(ManagedFields managed) {
        List<ManagedEntry> updaters = new ArrayList<>();
        for (ManagedEntry entry : managed.entries()) {
            if (!entry.id().isApply()) {
                updaters.add(entry);
            }
        }
        if (updaters.size() <= MAX_UPDATERS) {
            return managed;
        }
        updaters.sort((one, other) -> {
            int byTime = one.timeText().compareTo(other.timeText());
            return byTime != 0
                    ? byTime
                    : FieldStep.compareTexts(one.id().text(), other.id().text());
        });
        ManagedFields left = managed;
        int count = updaters.size();
        Map<String, ManagedEntry> first = new HashMap<>();
        for (int i = 0; i < updaters.size() && count > MAX_UPDATERS; i++) {
            ManagedEntry entry = updaters.get(i);
            ManagedEntry oldest = first.putIfAbsent(entry.apiVersion(), entry);
            if (oldest == null) {
                continue;
            }
            ManagedEntry.Id id = ManagedEntry.Id.updater(BUCKET, entry.apiVersion(), "");
            ManagedEntry bucket = left.find(id);
            if (bucket == null) {
                // the oldest of its version becomes the bucket
                left = left.without(oldest.id());
                bucket = oldest;
            }
            FieldSet both = entry.fields().union(bucket.fields());
            left = left.without(entry.id()).with(ManagedEntry.made(id, entry.apiVersion(), both, entry.time()));
            count--;
        }
        return left;
    }
}
