// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas, objects and the errors that kube-apiserver tells of them; some copied from recorded exchanges. */
class SchemaValidationTest {
    static Stream<Arguments> cases() throws IOException {
        try (InputStream in = SchemaValidationTest.class.getResourceAsStream("validation.json")) {
            Value all = JsonReader.read(Objects.requireNonNull(in).readAllBytes());
            List<Arguments> out = new ArrayList<>();
            for (ObjectValue one : Objects.requireNonNull(all.asArray()).objects()) {
                out.add(Arguments.of(one.stringOrEmpty("name"), one));
            }
            return out.stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tellsTheErrorsOfTheRealServer(String name, ObjectValue one) {
        ObjectValue spec = ObjectValue.of("type", Value.of("object"), "properties", one.objectOrEmpty("schema"));
        StructuralSchema schema = StructuralSchema.of(
                ObjectValue.of("type", Value.of("object"), "properties", ObjectValue.of("spec", spec)));
        ObjectValue before = one.getObject("old");
        FieldErrors errors = new FieldErrors();

        SchemaValidation.check(
                schema,
                ObjectValue.of("spec", one.objectOrEmpty("spec")),
                before == null ? null : ObjectValue.of("spec", before),
                errors);

        assertThat(errors.list().stream().map(FieldError::toString))
                .containsExactlyElementsOf(one.arrayOrEmpty("errors").strings());
    }
}
