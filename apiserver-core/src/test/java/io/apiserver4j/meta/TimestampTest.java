// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables were checked against Go's package time. */
class TimestampTest {
    @ParameterizedTest
    @CsvSource({
        "2024-03-01T10:00:00Z, 2024-03-01T10:00:00Z",
        "2024-03-01T10:00:00.999999999Z, 2024-03-01T10:00:00Z",
        "'2024-03-01T10:00:00,5Z', 2024-03-01T10:00:00Z",
        "2024-03-01T10:00:00+02:00, 2024-03-01T08:00:00Z",
        "2024-03-01T10:00:00-23:30, 2024-03-02T09:30:00Z",
        "2024-03-01T10:00:00+24:60, 2024-02-29T09:00:00Z",
        "2024-03-01T1:00:00Z, 2024-03-01T01:00:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "9999-12-31T23:59:59-01:00, 10000-01-01T00:59:59Z",
        "0000-01-01T00:00:00+01:00, -0001-12-31T23:00:00Z",
    })
    void readsAndNormalises(String text, String canonical) {
        assertThat(Timestamp.format(Timestamp.parse(text))).isEqualTo(canonical);
        assertThat(Timestamp.canonical(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | cannot parse \"x\" as \"2006\"",
                "2024 | cannot parse \"\" as \"-\"",
                "2024-3-01T10:00:00Z | cannot parse \"3-01T10:00:00Z\" as \"01\"",
                "2024-03-01 10:00:00Z | cannot parse \" 10:00:00Z\" as \"T\"",
                "2024-03-01T10:00:00 | cannot parse \"\" as \"Z07:00\"",
                "2024-03-01T10:00:00+0100 | cannot parse \"+0100\" as \"Z07:00\"",
                "2024-03-01T10:00:0é | cannot parse \"0\\xc3\\xa9\" as \"05\"",
            })
    void tellsWhatDoesNotFit(String text, String problem) {
        assertThatThrownBy(() -> Timestamp.parse(text))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage(
                        "parsing time " + GoTimeParser.quote(text) + " as \"2006-01-02T15:04:05Z07:00\": " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-13-01T10:00:00Z, month out of range",
        "2024-02-30T10:00:00Z, day out of range",
        "2023-02-29T10:00:00Z, day out of range",
        "2024-01-01T24:00:00Z, hour out of range",
        "2024-01-01T23:60:00Z, minute out of range",
        "2024-01-01T23:59:60Z, second out of range",
        "2024-01-01T23:59:59+25:00, time zone offset hour out of range",
        "2024-01-01T23:59:59+01:61, time zone offset minute out of range",
        "2024-01-01T23:59:59Zx, 'extra text: \"x\"'",
    })
    void tellsWhatIsOutOfRange(String text, String problem) {
        assertThatThrownBy(() -> Timestamp.parse(text))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage("parsing time \"" + text + "\": " + problem);
    }

    @Test
    void microTimesNeedSixDigits() {
        assertThat(Timestamp.canonicalMicro("2024-03-01T10:00:00.123456Z")).isEqualTo("2024-03-01T10:00:00.123456Z");
        assertThat(Timestamp.canonicalMicro("2024-03-01T10:00:00.000001+01:00"))
                .isEqualTo("2024-03-01T09:00:00.000001Z");
        assertThatThrownBy(() -> Timestamp.parseMicro("2024-03-01T10:00:00Z"))
                .hasMessage(
                        "parsing time \"2024-03-01T10:00:00Z\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse"
                                + " \"Z\" as \".000000\"");
        assertThatThrownBy(() -> Timestamp.parseMicro("2024-03-01T10:00:00.1234567Z"))
                .hasMessage(
                        "parsing time \"2024-03-01T10:00:00.1234567Z\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot"
                                + " parse \"7Z\" as \"Z07:00\"");
    }

    @Test
    void theZeroTimeIsNoTime() {
        assertThat(Timestamp.canonical("0001-01-01T00:00:00Z")).isNull();
        assertThat(Timestamp.canonical("0001-01-01T01:00:00+01:00")).isNull();
        assertThat(Timestamp.canonicalMicro("0001-01-01T00:00:00.000000Z")).isNull();
    }

    @Test
    void canonicalTextsAreNotCopied() {
        String text = "2024-03-01T10:00:00Z";
        assertThat(Timestamp.canonical(text)).isSameAs(text);
    }

    @Test
    void printsInstants() {
        Instant time = Instant.parse("2024-03-01T10:00:00.987654321Z");
        assertThat(Timestamp.format(time)).isEqualTo("2024-03-01T10:00:00Z");
        assertThat(Timestamp.formatMicro(time)).isEqualTo("2024-03-01T10:00:00.987654Z");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "0s, 0s",
        "1h, 1h0m0s",
        "90m, 1h30m0s",
        "1.5s, 1.5s",
        "1500ms, 1.5s",
        "-2m3.5s, -2m3.5s",
        "1us, 1µs",
        "1µs, 1µs",
        "1ns, 1ns",
        "100ms, 100ms",
        "+5s, 5s",
        ".5m, 30s",
        "1.m, 1m0s",
        "2540400h10m10.000000000s, 2540400h10m10s",
        "-9223372036854775808ns, -2562047h47m16.854775808s",
        "0.9223372036854775807h, 55m20.413933267s",
    })
    void durations(String text, String printed) {
        assertThat(GoDuration.format(GoDuration.parse(text))).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "'', time: invalid duration \"\"",
        "3, time: missing unit in duration \"3\"",
        "-, time: invalid duration \"-\"",
        "s, time: invalid duration \"s\"",
        "., time: invalid duration \".\"",
        "3d, time: unknown unit \"d\" in duration \"3d\"",
        "1m3, time: missing unit in duration \"1m3\"",
        "9223372036854775808ns, time: invalid duration \"9223372036854775808ns\"",
        "3000000h, time: invalid duration \"3000000h\"",
    })
    void wrongDurations(String text, String message) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage(message);
    }
}
