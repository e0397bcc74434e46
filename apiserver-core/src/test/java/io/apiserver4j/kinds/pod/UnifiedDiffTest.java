// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Differences as Python's difflib prints them, which made the table. */
class UnifiedDiffTest {
    static Stream<Arguments> texts() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                UnifiedDiffTest.class.getResourceAsStream("/io/apiserver4j/kinds/pod/diffs.json"))) {
            return JsonReader.readObject(in.readAllBytes()).arrayOrEmpty("texts").objects().stream()
                    .map(one -> Arguments.of(one.stringOrEmpty("name"), one));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void showsWhatDiffers(String name, ObjectValue one) {
        assertThat(UnifiedDiff.of(one.stringOrEmpty("before"), one.stringOrEmpty("after")))
                .isEqualTo(one.stringOrEmpty("diff"));
    }
}
