// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Something that goes up and down, by the values of its labels. */
public final class Gauge implements Family {
    private final Header header;
    private final Cells<Cell> cells;

    /** One value. */
    public static final class Cell {
        private final LongAdder value = new LongAdder();

        private Cell() {}

        /** One more. */
        public void increment() {
            value.increment();
        }

        /** One less. */
        public void decrement() {
            value.decrement();
        }

        /** Some more, or less. */
        public void add(long change) {
            value.add(change);
        }

        /** The value now. */
        public long value() {
            return value.sum();
        }
    }

    Gauge(Header header, List<String> labels) {
        this.header = header;
        this.cells = new Cells<>(labels, Cell::new);
    }

    /** The cell of these label values, in the order in which the labels were declared; callers may keep it. */
    public Cell of(String... values) {
        return cells.of(values);
    }

    @Override
    public void write(StringBuilder out) {
        if (!cells.isEmpty()) {
            header.write(out);
            cells.forEach((values, cell) -> header.sample(out, "", cells.labels(), values, cell.value()));
        }
    }
}
