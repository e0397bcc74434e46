// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Something that only grows, by the values of its labels. */
public final class Counter implements Family {
    private final Header header;
    private final Cells<Cell> cells;

    /** One value. */
    public static final class Cell {
        private final LongAdder count = new LongAdder();

        private Cell() {}

        /** One more. */
        public void increment() {
            count.increment();
        }

        /** Some more. */
        public void add(long amount) {
            count.add(amount);
        }

        /** The value now. */
        public long value() {
            return count.sum();
        }
    }

    Counter(Header header, List<String> labels) {
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
