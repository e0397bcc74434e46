// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    private static Value read(String yaml) {
        return YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            y            | true
            N            | false
            off          | false
            yEs          | "yEs"
            ~            | null
            Null         | null
            0777         | 511
            0o777        | 511
            0x1F         | 31
            -0b11        | -3
            08           | 8
            1_000        | 1000
            1e3          | 1000
            .5           | 0.5
            1:30         | "1:30"
            2001-01-01   | "2001-01-01"
            !!str 12     | "12"
            ! 12         | 12
            !!float 2    | 2
            12x          | "12x"
            '''12'''     | "12"
            !other a     | "a"
            !!binary aGk= | "hi"
            """)
    void words(String yaml, String json) {
        assertThat(read("k: " + yaml)).hasToString("{\"k\":" + json + "}");
    }

    @Test
    void keysBecomeTextsInOrder() {
        assertThat(read("b: 1\n1.50: 2\ntrue: 3\n7: 4\na: 5\n"))
                .hasToString("{\"1.5\":2,\"7\":4,\"a\":5,\"b\":1,\"true\":3}");
    }

    @Test
    void theFirstDocumentCounts() {
        assertThat(read("---\na: 1\n---\nb: 2\n")).hasToString("{\"a\":1}");
        assertThat(read("")).isEqualTo(Value.nul());
        assertThat(read("# nothing\n")).isEqualTo(Value.nul());
    }

    @Test
    void mergeKeysAndAliases() {
        assertThat(read("a: &x {k: v, l: 1}\nb: *x\nc:\n  <<: *x\n  k: w\nd:\n  <<: [{k: 1}, {k: 2}]\n"))
                .hasToString("{\"a\":{\"k\":\"v\",\"l\":1},\"b\":{\"k\":\"v\",\"l\":1},"
                        + "\"c\":{\"k\":\"w\",\"l\":1},\"d\":{\"k\":1}}");
    }

    @Test
    void duplicateKeysAreFindings() {
        YamlReader.Result result =
                YamlReader.readWithFindings("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n".getBytes(StandardCharsets.UTF_8));
        assertThat(result.value()).hasToString("{\"a\":3,\"b\":{\"c\":2}}");
        assertThat(result.duplicates())
                .containsExactly("line 4: key \"c\" already set in map", "line 5: key \"a\" already set in map");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: [open            | yaml: line 1: did not find expected ',' or ']'
            {                   | yaml: line 1: did not find expected node content
            a: b: c             | yaml: mapping values are not allowed in this context
            a: 1\\n b: 2        | yaml: line 2: mapping values are not allowed in this context
            a:\\n\\t- b         | yaml: line 2: found character that cannot start any token
            a: 1\\nk: - b       | yaml: line 2: block sequence entries are not allowed in this context
            a: *q               | yaml: unknown anchor 'q' referenced
            a: &a [*a]          | yaml: anchor 'a' value contains itself
            a: !!int x          | yaml: cannot decode !!str `x` as a !!int
            <<: 1               | yaml: map merge requires map or sequence of maps as the value
            {a: 1}: 1           | yaml: invalid map key: map[interface {}]interface {}{"a":1}
            ~: 1                | unsupported map key of type: %!s(<nil>), key: <nil>, value: 1
            a: .inf             | json: unsupported value: +Inf
            a: \\u0001          | yaml: control characters are not allowed
            """)
    void errorsInTheWordsOfTheRealOne(String yaml, String message) {
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0001", "\u0001");
        assertThatThrownBy(() -> read(text)).isInstanceOf(YamlException.class).hasMessage(message);
    }

    @Test
    void brokenBytes() {
        assertThatThrownBy(() -> YamlReader.read(new byte[] {'a', (byte) 0xff}))
                .hasMessage("yaml: invalid leading UTF-8 octet");
        assertThatThrownBy(() -> YamlReader.read(new byte[] {'a', (byte) 0xc3}))
                .hasMessage("yaml: incomplete UTF-8 octet sequence");
    }

    @Test
    void aliasesAreBounded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        assertThatThrownBy(() -> read(bomb.toString())).hasMessage("yaml: document contains excessive aliasing");
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> read("[".repeat(20_000))).hasMessageContaining("exceeded max depth of 10000");
    }
}
