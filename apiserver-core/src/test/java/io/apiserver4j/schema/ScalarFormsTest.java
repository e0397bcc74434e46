// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiserver4j.value.StringValue;
import io.apiserver4j.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarFormsTest {
    /** Text of base64, and the byte that Go's decoder names. */
    @ParameterizedTest
    @CsvSource({
        "a, 0",
        "ab, 0",
        "abc, 0",
        "abcd1, 4",
        "abcda=, 5",
        "ab=, 3",
        "ab=c, 2",
        "ab==x, 4",
        "abc=x, 4",
        "=, 0",
        "a===, 1",
        "ab==abcd, 4",
        "abc*, 3",
        "ab cd, 2",
        "é, 0",
        "aé, 1",
        "a-b_, 1",
    })
    void brokenBase64IsTold(String text, int at) {
        assertThatExceptionOfType(TypeMismatchException.class)
                .isThrownBy(() -> ScalarForms.bytes(StringValue.of(text)))
                .withMessage("illegal base64 data at input byte " + at);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "YQ==, YQ==", "YWI=, YWI=", "YWJj, YWJj", "YR==, YQ==", "YWJ=, YWI="})
    void soundBase64IsKeptOrPutInOrder(String text, String expected) {
        Value given = Value.of(text);
        Value read = ScalarForms.bytes((StringValue) given);
        assertThat(read).isEqualTo(Value.of(expected));
        if (text.equals(expected)) {
            assertThat(read).isSameAs(given);
        }
    }

    @Test
    void lineBreaksAreTakenOut() {
        assertThat(ScalarForms.bytes(StringValue.of("YW\r\nJj\nYQ=\n=\n"))).isEqualTo(Value.of("YWJjYQ=="));
    }
}
