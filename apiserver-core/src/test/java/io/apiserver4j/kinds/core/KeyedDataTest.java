// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedDataTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 255, 1024})
    void binariesCountWhatTheyHoldAndNotHowItIsWritten(int bytes) {
        String text = Base64.getEncoder().encodeToString(new byte[bytes]);
        assertThat(KeyedData.binaryBytes(ObjectValue.of("a", Value.of(text)))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ä", "€", "𝄞", "aä€𝄞"})
    void textsCountTheirBytes(String text) {
        long bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        assertThat(KeyedData.textBytes(ObjectValue.of("a", Value.of(text), "b", Value.of("x"))))
                .isEqualTo(bytes + 1);
    }
}
