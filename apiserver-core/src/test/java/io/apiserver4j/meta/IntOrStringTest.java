// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntOrStringTest {
    @ParameterizedTest
    @CsvSource({
        "25%, 10, true, 3",
        "25%, 10, false, 2",
        "100%, 7, true, 7",
        "0%, 7, true, 0",
        "-25%, 10, true, -2",
        "-25%, 10, false, -3",
        "33%, 3, true, 1",
        "33%, 3, false, 0",
    })
    void percentagesAreScaled(String text, long total, boolean up, long expected) {
        assertThat(IntOrString.scaled(Value.of(text), total, up)).isEqualTo(expected);
    }

    @Test
    void numbersStandForThemselves() {
        assertThat(IntOrString.scaled(Value.of(3), 100, true)).isEqualTo(3);
        assertThat(IntOrString.isInt(Value.of(3))).isTrue();
        assertThat(IntOrString.text(Value.of(80))).isEqualTo("80");
        assertThat(IntOrString.text(Value.of("http"))).isEqualTo("http");
        assertThat(IntOrString.intValue(Value.of("80"))).isEqualTo(80);
        assertThat(IntOrString.intValue(Value.of("http"))).isZero();
    }

    @Test
    void textsThatSpellNumbersBecomeNumbers() {
        assertThat(IntOrString.of("80")).isEqualTo(Value.of(80));
        assertThat(IntOrString.of("2147483648")).isEqualTo(Value.of("2147483648"));
        assertThat(IntOrString.of("http")).isEqualTo(Value.of("http"));
    }

    @Test
    void percentages() {
        assertThat(IntOrString.percent(Value.of("25%"))).isEqualTo(25);
        assertThat(IntOrString.percent(Value.of("+25%"))).isNull();
        assertThat(IntOrString.percent(Value.of("25"))).isNull();
        assertThat(IntOrString.percent(Value.of(25))).isNull();
    }

    @Test
    void otherTextsAreRefused() {
        assertThatThrownBy(() -> IntOrString.scaled(Value.of("half"), 1, true))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage("invalid value for IntOrString: invalid type: string is not a percentage");
        assertThatThrownBy(() -> IntOrString.scaled(Value.of("x%"), 1, true))
                .hasMessage("invalid value for IntOrString: invalid value \"x%\": strconv.Atoi: parsing \"x\": invalid"
                        + " syntax");
    }
}
