// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    @ParameterizedTest
    @CsvSource(textBlock = """
            fffe,     ..
            61ff62,   a.b
            c3,       .
            c3a9,     é
            e282,     ..
            e282ac,   €
            eda080,   ...
            f09f9880, 😀
            f8888080, ....
            """)
    void eachBrokenByteIsOneCharacter(String hex, String expected) {
        byte[] repaired = Utf8.repair(HexFormat.of().parseHex(hex));
        assertThat(new String(repaired, StandardCharsets.UTF_8).replace('\ufffd', '.'))
                .isEqualTo(expected);
    }

    @Test
    void brokenTextsInJsonAreRead() {
        byte[] json = {'{', '"', 'k', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};
        assertThat(JsonReader.read(json)).hasToString("{\"k\":\"\ufffd\ufffd\"}");
    }
}
