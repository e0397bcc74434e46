// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Takes the objects out of events that are too large, drops those that are still too large, and splits large batches. */
public final class TruncatingSink implements AuditSink {
    private final AuditSink target;
    private final int mostOfEvent;
    private final int mostOfBatch;
    private final IntConsumer lost;

    /** A sink before another; sizes in bytes of JSON, {@code lost} takes the number of events that were dropped. */
    public TruncatingSink(AuditSink target, int mostOfEvent, int mostOfBatch, IntConsumer lost) {
        this.target = target;
        this.mostOfEvent = mostOfEvent;
        this.mostOfBatch = mostOfBatch;
        this.lost = lost;
    }

    @Override
    public boolean keep(List<AuditEvent> events) {
        boolean kept = true;
        List<AuditEvent> batch = new ArrayList<>();
        long size = 0;
        for (AuditEvent event : events) {
            AuditEvent shown = event;
            int length = event.toJson().length;
            if (length > mostOfEvent && event.level().compareTo(AuditLevel.REQUEST) >= 0) {
                shown = event.truncated();
                length = shown.toJson().length;
            }
            if (length > mostOfEvent) {
                lost.accept(1);
                continue;
            }
            if (!batch.isEmpty() && size + length > mostOfBatch) {
                kept &= target.keep(List.copyOf(batch));
                batch.clear();
                size = 0;
            }
            batch.add(shown);
            size += length;
        }
        return batch.isEmpty() ? kept : target.keep(List.copyOf(batch)) && kept;
    }

    @Override
    public void close() {
        target.close();
    }
}
