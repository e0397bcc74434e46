// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TypedReaderTest {
    private static final String CORE = "api/core/v1.";
    private static final String SCHEMAS = "apiextensions-apiserver/pkg/apis/apiextensions/v1.";

    private static Schema type(String name) {
        return SchemaFacts.builtin().type(name.indexOf('.') < 0 ? CORE + name : name.replace("crd.", SCHEMAS));
    }

    private static ObjectValue read(String type, String json) {
        return TypedReader.read(type(type), json(json), new DecodeFindings());
    }

    private static Value json(String text) {
        return JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> findings(String type, String json) {
        byte[] text = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        JsonReader.Result read = JsonReader.readWithFindings(text);
        DecodeFindings findings = new DecodeFindings();
        TypedReader.read(type(type), read.value(), read.duplicates(), findings);
        return findings.texts();
    }

    /** Type, what is read, what is written. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "written.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 4096)
    void writesWhatGoWrites(String type, String given, String expected) {
        if (expected.startsWith("!")) {
            assertThatExceptionOfType(TypeMismatchException.class)
                    .isThrownBy(() -> read(type, given))
                    .withMessageStartingWith(expected.substring(1));
        } else {
            assertThat(read(type, given)).hasToString(expected);
        }
    }

    /** Type, what is read, the message. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "misfits.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 4096)
    void tellsWhatDoesNotFit(String type, String given, String message) {
        assertThatExceptionOfType(TypeMismatchException.class)
                .isThrownBy(() -> read(type, given))
                .withMessage(message);
    }

    /** Type, what is read, the findings. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "findings.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 4096)
    void notesWhatStrictDecodingComplainsAbout(String type, String given, String expected) {
        assertThat(String.join(", ", findings(type, given))).isEqualTo(expected);
    }

    @Test
    void sharesWhatDoesNotChange() {
        Value tree = json("{'metadata':{'name':'a','labels':{'x':'y'}},'data':{'k':'v'}}");
        assertThat(TypedReader.read(type("ConfigMap"), tree, new DecodeFindings()))
                .isSameAs(tree);
        ObjectValue other = TypedReader.read(
                type("ConfigMap"), json("{'data':{'k':'v'},'metadata':{'labels':{'x':'y'}}}"), new DecodeFindings());
        ObjectValue more = other.with("immutable", Value.of(false));
        ObjectValue again = TypedReader.read(type("ConfigMap"), more, new DecodeFindings());
        assertThat(again.get("metadata")).isSameAs(other.get("metadata"));
        assertThat(again.get("data")).isSameAs(other.get("data"));
    }

    @Test
    void keepsAHundredFindingsAndEachOnce() {
        StringBuilder text = new StringBuilder("{'spec':{'containers':null");
        for (int i = 0; i < 150; i++) {
            text.append(",'x").append(i).append("':1");
        }
        assertThat(findings("Pod", text.append("}}").toString())).hasSize(100);
        DecodeFindings findings = new DecodeFindings();
        findings.unknown("a");
        findings.unknown("a");
        assertThat(findings.texts()).containsExactly("unknown field \"a\"");
    }
}
