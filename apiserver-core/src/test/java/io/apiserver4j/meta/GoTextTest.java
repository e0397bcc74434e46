// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoTextTest {
    @Test
    void quotesAsGoDoes() {
        assertThat(GoText.quote("a\"b\\\n\t\u0007\u0001\u007f")).isEqualTo("\"a\\\"b\\\\\\n\\t\\a\\x01\\x7f\"");
        assertThat(GoText.quote("é 日 \ud83d\ude00")).isEqualTo("\"é 日 \ud83d\ude00\"");
        assertThat(GoText.quote("\u0085\u00a0\u00ad\u200b\u2028\ufeff"))
                .isEqualTo("\"\\u0085\\u00a0\\u00ad\\u200b\\u2028\\ufeff\"");
        assertThat(GoText.quote("\udb40\udc01")).isEqualTo("\"\\U000e0001\"");
    }

    @Test
    void countsBytes() {
        assertThat(GoText.byteLength("")).isZero();
        assertThat(GoText.byteLength("aé日\ud83d\ude00")).isEqualTo(1 + 2 + 3 + 4);
    }

    @Test
    void numbersAreReadAsGoReadsThem() {
        assertThat(GoNumbers.parseInt("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(GoNumbers.parseInt("+007")).isEqualTo(7);
        assertThat(GoNumbers.parseUint("18446744073709551615")).isEqualTo(-1);
        assertThat(GoNumbers.parseInt32("-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(GoNumbers.parseBool("T")).isTrue();
        assertThat(GoNumbers.parseBool("False")).isFalse();
    }

    @Test
    void failuresHaveGosTexts() {
        fails(GoNumbers::parseInt, "x", "strconv.ParseInt: parsing \"x\": invalid syntax");
        fails(GoNumbers::parseInt, "", "strconv.ParseInt: parsing \"\": invalid syntax");
        fails(GoNumbers::parseInt, "1.5", "strconv.ParseInt: parsing \"1.5\": invalid syntax");
        fails(
                GoNumbers::parseInt,
                "9223372036854775808",
                "strconv.ParseInt: parsing \"9223372036854775808\": value out of range");
        fails(GoNumbers::parseInt32, "2147483648", "strconv.ParseInt: parsing \"2147483648\": value out of range");
        fails(GoNumbers::parseUint, "-5", "strconv.ParseUint: parsing \"-5\": invalid syntax");
        fails(
                GoNumbers::parseUint,
                "18446744073709551616",
                "strconv.ParseUint: parsing \"18446744073709551616\": value out of range");
        fails(GoNumbers::atoi, "a", "strconv.Atoi: parsing \"a\": invalid syntax");
        fails(GoNumbers::parseBool, "yes", "strconv.ParseBool: parsing \"yes\": invalid syntax");
    }

    private static void fails(Function<String, Object> reading, String text, String message) {
        assertThatThrownBy(() -> reading.apply(text))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1_0", "0x1", " 1", "\u0661", "9223372036854775808"})
    void otherThingsAreNoIntegers(String text) {
        assertThat(GoNumbers.isInt(text)).isFalse();
    }
}
