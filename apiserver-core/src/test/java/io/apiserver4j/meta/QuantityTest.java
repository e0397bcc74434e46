// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.Quantity.Format;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables were checked against k8s.io/apimachinery 0.37.2. */
class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "00, 0",
        "-0, 0",
        "+, 0",
        "., 0",
        "Ki, 0",
        "0m, 0",
        "1, 1",
        "10, 10",
        "100, 100",
        "1000, 1k",
        "1500, 1500",
        "1000m, 1",
        "0.5, 500m",
        "1.5, 1500m",
        "0.0001, 100u",
        "1.50, 1500m",
        "1.5G, 1500M",
        "1000k, 1M",
        "001, 001",
        "1Gi, 1Gi",
        "1024Mi, 1Gi",
        "1536Mi, 1536Mi",
        "1.5Gi, 1536Mi",
        "1.1Ki, 1126400m",
        "0.5Ki, 512",
        "1000Ki, 1000Ki",
        "8Ei, 9223372036854775807",
        "1Ei, 1Ei",
        "100Pi, 100Pi",
        "0.1Ki, 102400m",
        "-1.5Gi, -1536Mi",
        "1e3, 1e3",
        "1E3, 1E3",
        "12e6, 12e6",
        "1e2, 100",
        "1e4, 10e3",
        "1e-3, 1e-3",
        "1.5e3, 1500",
        "1e20, 100e18",
        "1E, 1E",
        "1000E, 1",
        "10E, 10E",
        "0.001E, 1P",
        "1n, 1n",
        "0.1n, 1n",
        "0.0000000001, 1n",
        "1e-30, 1e-9",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775808",
        "12345678901234567890, 12345678901234567890",
        "-1, -1",
        "-1000m, -1",
        "-0.1n, -1n",
        // kept as they were read
        "+1, +1",
        "1.234, 1.234",
        "1.500, 1.500",
        "1.k, 1.k",
        "01Gi, 01Gi",
    })
    void canonical(String text, String canonical) {
        assertThat(Quantity.parse(text)).hasToString(canonical);
        assertThat(Quantity.canonical(text)).isEqualTo(canonical);
        assertThat(Quantity.canonical(" " + text + "\n")).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1 Gi", "1Gi ", "1.2.3", "1K8s", "0x10", "1e3.5", "1,5", "five"})
    void wrongForm(String text) {
        assertThatThrownBy(() -> Quantity.parse(text))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage("quantities must match the regular expression"
                        + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1K", "--1", "1mm", "1GG", "1e", "1i", "1Mk", "1e99999999999999999999", "1ki"})
    void wrongSuffix(String text) {
        assertThatThrownBy(() -> Quantity.parse(text))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage("unable to parse quantity's suffix");
    }

    @Test
    void wrongNumber() {
        assertThatThrownBy(() -> Quantity.parse(".e-10"))
                .isInstanceOf(ScalarSyntaxException.class)
                .hasMessage("unable to parse numeric part of quantity");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1000",
        "500m, 1, 500",
        "1500m, 2, 1500",
        "1n, 1, 1",
        "1Gi, 1073741824, 1073741824000",
        "0, 0, 0",
        "-1500m, -2, -1500",
        "1.1Ki, 1127, 1126400",
        "1e3, 1000, 1000000",
        "9223372036854775807, 9223372036854775807, -1000",
    })
    void valuesAreRoundedUp(String text, long value, long milli) {
        assertThat(Quantity.parse(text).value()).isEqualTo(value);
        assertThat(Quantity.parse(text).milliValue()).isEqualTo(milli);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 2, 0",
        "500m, 500m, 1, 0",
        "1Gi, 512Mi, 1536Mi, 512Mi",
        "0, 1Gi, 1Gi, -1Gi",
        "1, 1Ki, 1025, -1023",
        "9223372036854775807, 1, 9223372036854775808, 9223372036854775806",
        "1e3, 1, 1001, 999",
        "100m, 1n, 100000001n, 99999999n",
    })
    void addsAndSubtracts(String left, String right, String sum, String difference) {
        assertThat(Quantity.parse(left).plus(Quantity.parse(right))).hasToString(sum);
        assertThat(Quantity.parse(left).minus(Quantity.parse(right))).hasToString(difference);
    }

    @Test
    void comparesAmountsNotTexts() {
        assertThat(Quantity.parse("1")).isEqualTo(Quantity.parse("1000m")).hasSameHashCodeAs(Quantity.parse("1000m"));
        assertThat(Quantity.parse("1Ki")).isNotEqualTo(Quantity.parse("1k"));
        assertThat(Quantity.parse("1Ki")).isGreaterThan(Quantity.parse("1k"));
        assertThat(Quantity.parse("-1").sign()).isEqualTo(-1);
        assertThat(Quantity.ZERO.isZero()).isTrue();
        assertThat(Quantity.parse("1e3").format()).isEqualTo(Format.DECIMAL_EXPONENT);
    }

    @Test
    void madeFromNumbers() {
        assertThat(Quantity.of(2048, Format.BINARY_SI)).hasToString("2Ki");
        assertThat(Quantity.of(1000, Format.BINARY_SI)).hasToString("1k");
        assertThat(Quantity.of(5_000_000, Format.DECIMAL_EXPONENT)).hasToString("5e6");
        assertThat(Quantity.ofMilli(1500, Format.DECIMAL_SI)).hasToString("1500m");
        assertThat(Quantity.ofScaled(25, 1)).hasToString("250");
        assertThat(Quantity.parse("1.5").times(4)).hasToString("6");
        assertThat(Quantity.parse("1.2345").roundedUp(-3)).hasToString("1235m");
        assertThat(Quantity.parse("5k").exactLong()).isEqualTo(5000);
        assertThat(Quantity.parse("5m").exactLong()).isNull();
    }

    @Test
    void randomAmountsKeepTheirValueWhenPrinted() {
        long seed = 20260318;
        Random random = new Random(seed);
        String[] suffixes = {"", "m", "u", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "e-3"};
        for (int i = 0; i < 5000; i++) {
            String number =
                    (random.nextInt(100_000) - 50_000) + (random.nextBoolean() ? "" : "." + random.nextInt(1000));
            String text = number + suffixes[random.nextInt(suffixes.length)];
            Quantity quantity = Quantity.parse(text);
            Quantity again = Quantity.parse(quantity.toString());
            assertThat(again).as("%s (seed %d)", text, seed).isEqualTo(quantity);
            assertThat(Quantity.canonical(quantity.toString()))
                    .as("%s (seed %d)", text, seed)
                    .isEqualTo(again.toString());
            BigDecimal sum = quantity.toDecimal().add(again.toDecimal());
            assertThat(quantity.plus(again).toDecimal())
                    .as("%s (seed %d)", text, seed)
                    .isEqualByComparingTo(sum);
        }
    }
}
