// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuresTest {
    private final Measures measures = new Measures();

    @Test
    void namesAreWrittenAsTheyAre() {
        measures.counter("authentication_attempts", "Attempts.", "result")
                .of("success")
                .add(3);
        assertThat(measures.text()).isEqualTo("""
            # HELP authentication_attempts Attempts.
            # TYPE authentication_attempts counter
            authentication_attempts{result="success"} 3
            """);
    }

    @Test
    void valuesComeSortedAndEscaped() {
        Gauge gauge = measures.gauge("g", "A \\ and\na line.", "a", "b");
        gauge.of("z", "").increment();
        gauge.of("a", "say \"hi\"\n").increment();
        gauge.of("a", "say \"hi\"\n").increment();
        gauge.of("z", "").decrement();
        assertThat(measures.text()).isEqualTo("""
            # HELP g A \\\\ and\\na line.
            # TYPE g gauge
            g{a="a",b="say \\"hi\\"\\n"} 2
            g{a="z",b=""} 0
            """);
    }

    @Test
    void histogramsCountWhatLiesBelow() {
        Histogram histogram = measures.histogram("h", "Help.", new double[] {0.5, 1, 2.5}, "verb");
        for (double value : new double[] {0.5, 0.75, 2, 99}) {
            histogram.of("GET").observe(value);
        }
        assertThat(measures.text()).isEqualTo("""
            # HELP h Help.
            # TYPE h histogram
            h_bucket{verb="GET",le="0.5"} 1
            h_bucket{verb="GET",le="1"} 2
            h_bucket{verb="GET",le="2.5"} 3
            h_bucket{verb="GET",le="+Inf"} 4
            h_sum{verb="GET"} 102.25
            h_count{verb="GET"} 4
            """);
    }

    @Test
    void othersAreAskedOnlyWhenSomebodyLooks() {
        int[] asked = {0};
        measures.gaugeOf("one", "Help.", () -> ++asked[0]);
        measures.gaugesOf("two", "Help.", List.of("l"), () -> Map.of(List.of("b"), 1e20, List.of("a"), 0.25));
        measures.gaugesOf("none", "Help.", List.of("l"), Map::of);
        assertThat(asked[0]).isZero();
        assertThat(measures.text()).isEqualTo("""
            # HELP one Help.
            # TYPE one gauge
            one 1
            # HELP two Help.
            # TYPE two gauge
            two{l="a"} 0.25
            two{l="b"} 1.0e20
            """);
    }

    @Test
    void whatHasNoValueIsLeftOutUnlessItHasNoLabels() {
        measures.counter("labelled", "Help.", "l");
        measures.counter("plain_total", "Help.");
        assertThat(measures.text()).isEqualTo("# HELP plain_total Help.\n# TYPE plain_total counter\nplain_total 0\n");
    }

    @Test
    void aNameIsMadeOnceAndItsLabelsAreFixed() {
        Counter first = measures.counter("c", "Help.", "l");
        assertThat(measures.counter("c", "Help.", "l")).isSameAs(first);
        assertThatThrownBy(() -> first.of("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }
}
