// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlWriterTest {
    private static String yaml(String json) {
        return YamlWriter.toString(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void listsStandAtTheLevelOfTheirName() {
        assertThat(yaml("{\"spec\":{\"items\":[{\"b\":1,\"a\":[]},[1,[2]],{}]},\"kind\":\"K\"}"))
                .isEqualTo("""
                kind: K
                spec:
                  items:
                  - a: []
                    b: 1
                  - - 1
                    - - 2
                  - {}
                """);
    }

    @Test
    void namesInNaturalOrder() {
        assertThat(yaml("{\"a10\":1,\"a9\":2,\"B\":3,\"b\":4,\".\":5,\"a-b\":6,\"a\":7,\"007\":8,\"n\":9}"))
                .isEqualTo(".: 5\n\"007\": 8\nB: 3\na: 7\na-b: 6\na9: 2\na10: 1\nb: 4\n\"n\": 9\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain            | plain
            yes              | "yes"
            12               | "12"
            1:30             | "1:30"
            2024-03-01       | "2024-03-01"
            x: y             | 'x: y'
            # x              | '# x'
            it's             | it's
            'it''s: '        | 'it''s: '
            - x              | '- x'
            -x               | -x
            a#b              | a#b
            <<               | "<<"
            %x               | '%x'
            """, quoteCharacter = '^')
    void quotesWhereNeeded(String text, String shown) {
        String in = text.startsWith("'it") ? "it's: " : text;
        String out = text.startsWith("'it") ? "'it''s: '" : shown;
        assertThat(YamlWriter.toString(ObjectValue.of("k", Value.of(in)))).isEqualTo("k: " + out + "\n");
    }

    @Test
    void blocksAndEscapes() {
        assertThat(
                        yaml(
                                "{\"a\":\"x\\ny\\n\",\"b\":\"x\\ny\",\"c\":\"x\\n\\n\",\"d\":\" x\\n\",\"e\":\"tab\\t\",\"f\":\"x \\ny\"}"))
                .isEqualTo(
                        "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: |2\n   x\ne: \"tab\\t\"\nf: \"x \\ny\"\n");
        assertThat(yaml("{\"a\":\"\\ud83d\\ude00 \\u00e9\"}")).isEqualTo("a: \"\\U0001F600 é\"\n");
    }

    @Test
    void numbersInTheFormOfTheRealOne() {
        assertThat(yaml("[1,1.5,1e21,1234567.5,1e6,1e20,0.00001]"))
                .isEqualTo("- 1\n- 1.5\n- 1e+21\n- 1.2345675e+06\n- 1000000\n- 1e+20\n- 1e-05\n");
    }

    @Test
    void longTextsAreFolded() {
        String words = "word ".repeat(30).trim();
        assertThat(YamlWriter.toString(ObjectValue.of("k", Value.of(words))))
                .isEqualTo("k: " + "word ".repeat(16).trim() + "\n  "
                        + "word ".repeat(14).trim() + "\n");
    }

    @Test
    void longNamesAreMarked() {
        String name = "n".repeat(129);
        assertThat(YamlWriter.toString(ObjectValue.of(name, Value.of(1)))).isEqualTo("? " + name + "\n: 1\n");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Value value = random(random, 3);
            String text = YamlWriter.toString(value);
            assertThat(YamlReader.read(text.getBytes(StandardCharsets.UTF_8)))
                    .as("seed %d, round %d: %s", seed, i, text)
                    .isEqualTo(value);
        }
    }

    private static Value random(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0:
                return Value.of(random.nextInt(2000) - 1000);
            case 1:
                return random.nextBoolean() ? Value.of(random.nextBoolean()) : Value.nul();
            case 2, 3:
                return Value.of(text(random));
            case 4:
                Value[] items = new Value[random.nextInt(4)];
                for (int i = 0; i < items.length; i++) {
                    items[i] = random(random, depth - 1);
                }
                return ArrayValue.of(items);
            default:
                ObjectEditor out = ObjectValue.builder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    out.put(text(random), random(random, depth - 1));
                }
                return out.build();
        }
    }

    private static String text(Random random) {
        String alphabet = "ab -:#\n'\"\\\t1e.,[]{}&*!|>%@`?~yn\u00e9\u0085\u2028 x";
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
