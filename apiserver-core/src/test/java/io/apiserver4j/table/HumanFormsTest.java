// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanFormsTest {
    @ParameterizedTest
    @CsvSource({
        "PT-3S, <invalid>",
        "PT-2S, <invalid>",
        "PT-1.9S, 0s",
        "PT-0.1S, 0s",
        "PT0S, 0s",
        "PT0.999S, 0s",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT2M1S, 2m1s",
        "PT9M59S, 9m59s",
        "PT10M59S, 10m",
        "PT179M59S, 179m",
        "PT3H, 3h",
        "PT3H59S, 3h",
        "PT7H59M, 7h59m",
        "PT8H59M, 8h",
        "PT47H59M, 47h",
        "PT48H, 2d",
        "PT49H, 2d1h",
        "PT191H, 7d23h",
        "PT192H, 8d",
        "P729DT23H, 729d",
        "P730D, 2y",
        "P731D, 2y1d",
        "P2919D, 7y364d",
        "P2920D, 8y",
        "P36500D, 100y",
    })
    void durationsKeepTwoOrThreeFigures(Duration duration, String text) {
        assertThat(HumanForms.duration(duration)).isEqualTo(text);
    }

    @Test
    void agesCountFromTheTimestamp() {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        assertThat(HumanForms.since("2026-01-02T03:04:00Z", now)).isEqualTo("5s");
        assertThat(HumanForms.since("2026-01-02T03:04:00.500000Z", now)).isEqualTo("4s");
        assertThat(HumanForms.since("2026-01-02T05:04:00+02:00", now)).isEqualTo("5s");
        assertThat(HumanForms.since("0001-01-01T00:00:00Z", now)).isEqualTo("<unknown>");
        assertThat(HumanForms.since("yesterday", now)).isEqualTo("<unknown>");
        assertThat(HumanForms.since("", now)).isEqualTo("<unknown>");
        assertThat(HumanForms.since((String) null, now)).isEqualTo("<unknown>");
    }
}
