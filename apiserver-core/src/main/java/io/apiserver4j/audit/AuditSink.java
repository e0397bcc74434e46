// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import java.util.List;

/**
 * Takes events. Called on the threads of the calls that the events are of, many at once: what takes long belongs behind
 * {@link BufferedSink}.
 */
@FunctionalInterface
public interface AuditSink extends AutoCloseable {
    /** Keeps events; false where they could not be kept. A sink never throws. */
    boolean keep(List<AuditEvent> events);

    /** False while it wants no events; calls cost nothing then. */
    default boolean isListening() {
        return true;
    }

    /** Keeps what is still on its way, and ends. */
    @Override
    default void close() {}

    /** A sink whose losses are nobody's business: calls go on whatever happens to their events. */
    static AuditSink lenient(AuditSink sink) {
        return new AuditSink() {
            @Override
            public boolean keep(List<AuditEvent> events) {
                sink.keep(events);
                return true;
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    /** All of several sinks, in their order. */
    static AuditSink all(List<AuditSink> sinks) {
        return sinks.size() == 1
                ? sinks.get(0)
                : new AuditSink() {
                    @Override
                    public boolean keep(List<AuditEvent> events) {
                        boolean kept = true;
                        for (AuditSink sink : sinks) {
                            kept &= sink.keep(events);
                        }
                        return kept;
                    }

                    @Override
                    public void close() {
                        sinks.forEach(AuditSink::close);
                    }
                };
    }
}
