// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ScalarSyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoIntegersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "+7, 7",
        "10, 10",
        "010, 8",
        "0o17, 15",
        "0O17, 15",
        "0b101, 5",
        "0xff, 255",
        "-0XFf, -255",
        "0x_f, 15",
        "1_0, 10",
        "0_7, 7",
        "0x1_0, 16",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void reads(String text, long number) {
        assertThat(GoIntegers.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "+", "x", "1x", "08", "0b2", "0x", "0xg", "_1", "0x__1", "0x1_", "0_", " 1", "1.0", "１"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> GoIntegers.parse(text))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessageContaining("invalid syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "0xffffffffffffffff"})
    void hasARange(String text) {
        assertThatThrownBy(() -> GoIntegers.parse(text)).hasMessageContaining("value out of range");
    }
}
