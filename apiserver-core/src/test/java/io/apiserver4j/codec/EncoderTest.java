// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final Encoder ENCODER = Codecs.builtin().encoder();
    private static final ObjectValue OBJECT = JsonReader.readObject(
            "{\"kind\":\"Widget\",\"a\":{},\"b\":[],\"c\":[1,{\"d\":\"x{,}:\\\"\"}]}".getBytes(StandardCharsets.UTF_8));

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void compactJsonEndsWithALineBreak() {
        assertThat(text(ENCODER.encode(OBJECT, OutputFormat.JSON)))
                .isEqualTo("{\"kind\":\"Widget\",\"a\":{},\"b\":[],\"c\":[1,{\"d\":\"x{,}:\\\"\"}]}\n");
    }

    @Test
    void indentedJsonDoesNot() {
        String indented = """
                {
                  "kind": "Widget",
                  "a": {},
                  "b": [],
                  "c": [
                    1,
                    {
                      "d": "x{,}:\\\""
                    }
                  ]
                }""";
        assertThat(text(ENCODER.encode(OBJECT, OutputFormat.INDENTED))).isEqualTo(indented);
        assertThat(text(Encoder.indent(ENCODER.encode(OBJECT, MediaType.JSON)))).isEqualTo(indented);
    }

    @Test
    void yaml() {
        assertThat(text(ENCODER.encode(OBJECT, MediaType.YAML)))
                .isEqualTo("a: {}\nb: []\nc:\n- 1\n- d: x{,}:\"\nkind: Widget\n");
    }

    @Test
    void kindsWithoutProtobuf() {
        assertThatThrownBy(() -> ENCODER.encode(OBJECT, MediaType.PROTOBUF))
                .isInstanceOf(ApiException.class)
                .satisfies(thrown ->
                        assertThat(((ApiException) thrown).status().code()).isEqualTo(406));
    }

    @Test
    void framesOfAWatch() {
        byte[] object = "{\"kind\":\"Pod\"}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(text(Framing.frame(MediaType.JSON, "ADDED", object)))
                .isEqualTo("{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\"}}\n");
        assertThat(HexFormat.of().formatHex(Framing.frame(MediaType.PROTOBUF, "DELETED", new byte[] {1, 2, 3})))
                .isEqualTo("00000010" + "0a0744454c45544544" + "1205" + "0a03010203");
    }
}
