// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The printed forms were checked against Go's encoding/json and fmt. */
class NumberValueTest {
    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5, 1.5",
        "1.0, 1, 1",
        "1e6, 1000000, 1e+06",
        "123456.7, 123456.7, 123456.7",
        "1234567.5, 1234567.5, 1.2345675e+06",
        "1e20, 100000000000000000000, 1e+20",
        "1e21, 1e+21, 1e+21",
        "0.0001, 0.0001, 0.0001",
        "0.00001, 0.00001, 1e-05",
        "1e-6, 0.000001, 1e-06",
        "1e-7, 1e-7, 1e-07",
        "1.5e-9, 1.5e-9, 1.5e-09",
        "-0.0, -0, -0",
        "2e23, 2e+23, 2e+23",
        "2.2250738585072014e-308, 2.2250738585072014e-308, 2.2250738585072014e-308",
        "1.7976931348623157e308, 1.7976931348623157e+308, 1.7976931348623157e+308",
        "4.9e-324, 5e-324, 5e-324",
        "5.684341886080802e-14, 5.684341886080802e-14, 5.684341886080802e-14",
    })
    void printsAsGoDoes(double number, String json, String plain) {
        assertThat(NumberValue.of(number).canonical()).isEqualTo(json);
        assertThat(NumberValue.of(number).plain()).isEqualTo(plain);
    }

    @Test
    void printedDecimalsReadAsTheSameNumber() {
        long seed = 411;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                String text = NumberValue.of(number).canonical();
                assertThat(Double.parseDouble(text))
                        .as("%s (seed %d)", text, seed)
                        .isEqualTo(number);
            }
        }
    }

    @Test
    void minusZeroIsTheIntegerZero() {
        assertThat(JsonReader.read("-0".getBytes(StandardCharsets.UTF_8))).isEqualTo(Value.of(0));
        assertThat(JsonReader.read("-0.0".getBytes(StandardCharsets.UTF_8)).toString())
                .isEqualTo("-0");
    }
}
