// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How values spread, by the values of its labels. */
public final class Histogram implements Family {
    private final Header header;
    private final double[] bounds;
    private final Cells<Cell> cells;

    /** One distribution. */
    public static final class Cell {
        private final double[] bounds;
        private final LongAdder[] counts;
        private final DoubleAdder sum = new DoubleAdder();

        private Cell(double[] bounds) {
            this.bounds = bounds;
            this.counts = new LongAdder[bounds.length + 1];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = new LongAdder();
            }
        }

        /** Counts a value. */
        public void observe(double value) {
            int bucket = 0;
            while (bucket < bounds.length && value > bounds[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            sum.add(value);
        }
    }

    Histogram(Header header, double[] bounds, List<String> labels) {
        this.header = header;
        this.bounds = bounds;
        this.cells = new Cells<>(labels, () -> new Cell(bounds));
    }

    /** The cell of these label values, in the order in which the labels were declared; callers may keep it. */
    public Cell of(String... values) {
        return cells.of(values);
    }

    @Override
    public void write(StringBuilder out) {
        if (!cells.isEmpty()) {
            header.write(out);
            cells.forEach((values, cell) -> write(out, values, cell));
        }
    }

    private void write(StringBuilder out, List<String> values, Cell cell) {
        List<String> labels = new ArrayList<>(cells.labels());
        labels.add("le");
        List<String> bucketValues = new ArrayList<>(values);
        bucketValues.add("");
        long below = 0;
        for (int i = 0; i < cell.counts.length; i++) {
            below += cell.counts[i].sum();
            bucketValues.set(values.size(), i < bounds.length ? Header.number(bounds[i]) : "+Inf");
            header.sample(out, "_bucket", labels, bucketValues, below);
        }
        header.sample(out, "_sum", cells.labels(), values, cell.sum.sum());
        header.sample(out, "_count", cells.labels(), values, below);
    }
}
