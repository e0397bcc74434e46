// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorTest {
    private static final Map<String, String> FIELDS = Map.of("metadata.name", "b", "odd", "x,y=\\");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata.name=b                 | metadata.name=b                 | true",
                "metadata.name==b                | metadata.name=b                 | true",
                "metadata.name!=b                | metadata.name!=b                | false",
                "metadata.name=                  | metadata.name=                  | false",
                "missing=                        | missing=                        | true",
                "metadata.name=b,metadata.name=c | metadata.name=b,metadata.name=c | false",
                "z!=1,,metadata.name=b           | metadata.name=b,z!=1            | true",
                "odd=x\\,y\\=\\\\                | odd=x\\,y\\=\\\\                | true",
                "=a                              | =a                              | false",
                "a!b=c                           | a!b=c                           | false",
            })
    void parsesPrintsAndMatches(String text, String canonical, boolean matches) {
        FieldSelector selector = FieldSelector.parse(text);
        assertThat(selector).hasToString(canonical);
        assertThat(selector.matches(FIELDS::get)).isEqualTo(matches);
        assertThat(FieldSelector.parse(canonical)).isEqualTo(selector).hasSameHashCodeAs(selector);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "metadata.name        | invalid selector: 'metadata.name'; can't understand 'metadata.name'",
                "metadata.name in (a) | invalid selector: 'metadata.name in (a)'; can't understand 'metadata.name in (a)'",
                "metadata.name=a,b    | invalid selector: 'metadata.name=a,b'; can't understand 'b'",
                "metadata.name=a\\b   | invalid field selector: invalid escape sequence: \\b",
                "metadata.name=a\\    | invalid field selector: invalid escape sequence: \\",
                "a=b=c                | invalid field selector: unescaped character in value: 61",
            })
    void wrongFormsAreToldAsTheRealServerDoes(String text, String message) {
        assertThatThrownBy(() -> FieldSelector.parse(text)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().code()).isEqualTo(400);
            assertThat(e.status().message()).isEqualTo(message);
        });
    }

    @Test
    void nothingAskedIsEverything() {
        assertThat(FieldSelector.parse("")).isSameAs(FieldSelector.everything());
        assertThat(FieldSelector.parse("=").isEverything()).isTrue();
        assertThat(FieldSelector.everything().matches(field -> null)).isTrue();
    }

    @Test
    void tellsTheOneValue() {
        FieldSelector selector = FieldSelector.parse("metadata.name=a,spec.x!=b");
        assertThat(selector.exactValue("metadata.name")).isEqualTo("a");
        assertThat(selector.exactValue("spec.x")).isNull();
        assertThat(FieldSelector.equal("a", "=")).hasToString("a=\\=");
    }

    @Test
    void unknownFields() {
        assertThat(FieldSelector.notSupported("field label not supported: %s", "spec.other"))
                .hasMessage("field label not supported: spec.other");
        assertThat(FieldSelector.notKnown("spec.foo"))
                .hasMessage(
                        "\"spec.foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }
}
