// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ValuePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceExpressionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "device.driver == 'gpu.example.com' => ``",
                "device.attributes['gpu.example.com'].model == 'a100' => ``",
                "device.capacity['gpu.example.com'].memory.isGreaterThan(quantity('1Gi')) => ``",
                "cel.bind(dra, device.attributes['dra.example.com'], dra.someBool && dra.anotherBool) => ``",
                "device.attributes['gpu.example.com'].ok => ``",
                "1 => \"1\": must evaluate to bool or the unknown type, not int",
                "device.nope => \"device.nope\": compilation failed: ERROR: <input>:1:7: undefined field 'nope'",
            })
    void checks(String expression, String expected) {
        FieldErrors errors = new FieldErrors();
        DeviceExpressions.check(expression, ValuePath.of("e"), errors);
        assertThat(errors.list().stream().map(FieldError::toString).findFirst().orElse(""))
                .startsWith(expected.isEmpty() ? "" : "e: Invalid value: " + expected);
        assertThat(errors.isEmpty()).isEqualTo(expected.isEmpty());
    }
}
