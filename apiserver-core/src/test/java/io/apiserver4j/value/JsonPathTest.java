// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
    private static final ObjectValue DOCUMENT = JsonReader.readObject("""
        {"a":{"b":{"c":1},"x.y/z":"dotted","n":null},
         "l":[10,20,30,40],
         "o":[{"t":"Ready","s":"True","n":1},{"t":"Done","s":"False","n":2},{"s":"Odd","n":2.5}],
         "e":[]}
        """.getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".a.b.c                           | [1]",
                "{.a.b.c}                         | [1]",
                "$.a.b.c                          | [1]",
                ".a.none.c                        | []",
                ".a.n                             | [null]",
                ".a.n.c                           | []",
                ".l.c                             | []",
                ".l[0]                            | [10]",
                ".l[-1]                           | [40]",
                ".l[1:3]                          | [20,30]",
                ".l[:2]                           | [10,20]",
                ".l[2:]                           | [30,40]",
                ".l[-2:]                          | [30,40]",
                ".l[::2]                          | [10,30]",
                ".l[*]                            | [10,20,30,40]",
                ".e[*]                            | []",
                ".l[0,2]                          | [10,30]",
                ".l[3,0]                          | [40,10]",
                "['a']['b'].c                     | [1]",
                ".a['x\\.y/z']                    | [\"dotted\"]",
                ".a.x\\.y/z                       | [\"dotted\"]",
                ".a['b','n']                      | [{\"c\":1},null]",
                ".a.b.*                           | [1]",
                ".o[*].t                          | [\"Ready\",\"Done\"]",
                ".o[?(@.t==\"Ready\")].s          | [\"True\"]",
                ".o[?(@.t=='Ready')].s            | [\"True\"]",
                ".o[?(@.t!=\"Ready\")].s          | [\"False\"]",
                ".o[?(@.t)].s                     | [\"True\",\"False\"]",
                ".o[?(@.t>\"E\")].s               | [\"True\"]",
                ".o[0:2][?(@.n>=2)].s             | !object is not array or slice and cannot be filtered",
                ".o[?(@.none==1)]                 | []",
                "..c                              | [1]",
                "..t                              | [\"Ready\",\"Done\"]",
                ".                                | whole",
                "@                                | whole",
                ".l[9]                            | !array index out of bounds: index 9, length 4",
                ".l[0:9]                          | !array index out of bounds: index 8, length 4",
                ".l[3:1]                          | !starting index 3 is greater than ending index 1",
                ".e[0]                            | !array index out of bounds: index 0, length 0",
                ".a[0]                            | !object is not array or slice",
                ".a[?(@.b)]                       | !object is not array or slice and cannot be filtered",
                ".o[?(@.n==2)].s                  | !incompatible types for comparison",
                ".o[?(@.t==1)].s                  | !incompatible types for comparison",
                ".o[?(@.t=\"R\")].s               | !unrecognized filter operator =",
                ".l range                         | !unrecognized identifier range",
            })
    void pathsLeadToNodes(String path, String expected) {
        JsonPath compiled = JsonPath.parse(path);
        if (expected.startsWith("!")) {
            assertThatThrownBy(() -> compiled.find(DOCUMENT)).hasMessageEndingWith(expected.substring(1));
            assertThat(compiled.first(DOCUMENT)).isNull();
        } else {
            String text = expected.equals("whole") ? "[" + DOCUMENT + "]" : expected;
            assertThat(ArrayValue.of(compiled.find(DOCUMENT))).hasToString(text);
            Value first = compiled.first(DOCUMENT);
            assertThat(first == null ? "[" : "[" + first)
                    .isEqualTo(text.substring(0, first == null ? 1 : ("[" + first).length()));
            assertThat(compiled.find(DOCUMENT).isEmpty()).isEqualTo(first == null);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".a[              | unterminated array",
                ".a[x]            | invalid array index x",
                ".a[?(@.b]        | unterminated filter",
                ".a[?(@.b)x       | unclosed array expect ]",
                ".a 'b            | unterminated quoted string",
                ".a &             | unrecognized character in action: U+0026 '&'",
                ".a[99999999999]  | array index 99999999999 is not a number",
                ".a[?(@.b=~'c')]  | unrecognized character in action: U+007E '~'",
                ".a....b          | invalid multiple recursive descent",
            })
    void whatCannotBeReadIsSaid(String path, String message) {
        assertThatThrownBy(() -> JsonPath.parse(path))
                .isInstanceOf(JsonPathException.class)
                .hasMessage(message);
    }

    @Test
    void plainPathsAreKnownByTheirNames() {
        assertThat(JsonPath.parse(".spec.a").fields()).containsExactly("spec", "a");
        assertThat(JsonPath.parse(".spec['a']").fields()).containsExactly("spec", "a");
        assertThat(JsonPath.parse(".spec.l[0]").fields()).isNull();
        assertThat(JsonPath.parse(".spec.a")).hasToString(".spec.a");
    }
}
