// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The texts are those that a real server was seen to answer, or that its library makes. */
class FieldErrorsTest {
    private static final ValuePath PATH = ValuePath.of("spec").field("list").index(1);

    private static String body(Consumer<FieldErrors> rule) {
        FieldErrors errors = new FieldErrors();
        rule.accept(errors);
        assertThat(errors.size()).isEqualTo(1);
        assertThat(errors.list().get(0).field()).isEqualTo("spec.list[1]");
        return errors.list().get(0).body();
    }

    @Test
    void requiredHasADetailOrNone() {
        assertThat(body(e -> e.required(PATH, ""))).isEqualTo("Required value");
        assertThat(body(e -> e.required(PATH, "must specify a peer"))).isEqualTo("Required value: must specify a peer");
        assertThat(body(e -> e.forbidden(PATH, ""))).isEqualTo("Forbidden");
    }

    @Test
    void invalidPrintsTheValueByItsType() {
        assertThat(body(e -> e.invalid(PATH, "a\"b", "x"))).isEqualTo("Invalid value: \"a\\\"b\": x");
        assertThat(body(e -> e.invalid(PATH, -1, "x"))).isEqualTo("Invalid value: -1: x");
        assertThat(body(e -> e.invalid(PATH, Value.nul(), "x"))).isEqualTo("Invalid value: null: x");
        assertThat(body(e -> e.invalid(PATH, BooleanValue.FALSE, "x"))).isEqualTo("Invalid value: false: x");
        assertThat(body(e -> e.invalid(PATH, NumberValue.of(1.5), "x"))).isEqualTo("Invalid value: 1.5: x");
        assertThat(body(e -> e.invalid(PATH, NumberValue.of(1e6), "x"))).isEqualTo("Invalid value: 1e+06: x");
        assertThat(body(e -> e.invalid(PATH, ObjectValue.of("a", Value.of("<")), "x")))
                .isEqualTo("Invalid value: {\"a\":\"\\u003c\"}: x");
        assertThat(body(e -> e.invalid(PATH, ArrayValue.of(Value.of("a"), Value.of(1)), "x")))
                .isEqualTo("Invalid value: [\"a\",1]: x");
        assertThat(body(e -> e.invalidShown(PATH, FieldErrors.json(List.of("a", "b")), "x")))
                .isEqualTo("Invalid value: [\"a\",\"b\"]: x");
        assertThat(body(e -> e.invalidOmitted(PATH, "must be a valid PKCS#10 CSR")))
                .isEqualTo("Invalid value: must be a valid PKCS#10 CSR");
        assertThat(body(e -> e.typeInvalid(PATH, "\"string\"", "x"))).isEqualTo("Invalid value: \"string\": x");
    }

    @Test
    void textsOfNamedTypesArePrintedAsJson() {
        assertThat(body(e -> e.invalidShown(PATH, FieldErrors.json("<é>"), "x")))
                .isEqualTo("Invalid value: \"\\u003cé\\u003e\": x");
        assertThat(body(e -> e.invalid(PATH, "<é>", "x"))).isEqualTo("Invalid value: \"<é>\": x");
    }

    @Test
    void notSupportedKeepsTheOrderOrSorts() {
        List<String> modes = List.of("b", "a", "");
        assertThat(body(e -> e.notSupported(PATH, "c", modes)))
                .isEqualTo("Unsupported value: \"c\": supported values: \"b\", \"a\", \"\"");
        assertThat(body(e -> e.notSupportedSorted(PATH, "c", modes)))
                .isEqualTo("Unsupported value: \"c\": supported values: \"\", \"a\", \"b\"");
        assertThat(body(e -> e.notSupported(PATH, Value.nul(), List.of("x"))))
                .isEqualTo("Unsupported value: null: supported values: \"x\"");
        assertThat(body(e -> e.notSupported(PATH, ArrayValue.of(Value.of("y")), List.of("x"))))
                .isEqualTo("Unsupported value: [\"y\"]: supported values: \"x\"");
        assertThat(body(e -> e.notSupported(PATH, "c", List.of()))).isEqualTo("Unsupported value: \"c\"");
    }

    @Test
    void sizesAreToldInOneOrMany() {
        assertThat(body(e -> e.tooLong(PATH, 64))).isEqualTo("Too long: may not be more than 64 bytes");
        assertThat(body(e -> e.tooLong(PATH, 1))).isEqualTo("Too long: may not be more than 1 byte");
        assertThat(body(e -> e.tooLong(PATH, -1))).isEqualTo("Too long: value is too long");
        assertThat(body(e -> e.tooLongCharacters(PATH, 2))).isEqualTo("Too long: may not be more than 2 characters");
        assertThat(body(e -> e.tooShort(PATH, 1))).isEqualTo("Too short: must be at least 1 character");
        assertThat(body(e -> e.tooMany(PATH, 3, 2))).isEqualTo("Too many: 3: must have at most 2 items");
        assertThat(body(e -> e.tooMany(PATH, 3, 1))).isEqualTo("Too many: 3: must have at most 1 item");
        assertThat(body(e -> e.tooMany(PATH, -1, 2))).isEqualTo("Too many: must have at most 2 items");
        assertThat(body(e -> e.tooFew(PATH, 0, 1))).isEqualTo("Too few: 0: must have at least 1 item");
    }

    @Test
    void duplicatesAndMissingThings() {
        assertThat(body(e -> e.duplicate(PATH, "a"))).isEqualTo("Duplicate value: \"a\"");
        assertThat(body(e -> e.duplicate(PATH, ObjectValue.of("n", Value.of(1)))))
                .isEqualTo("Duplicate value: {\"n\":1}");
        assertThat(body(e -> e.duplicateShown(PATH, "{}", "must be unique")))
                .isEqualTo("Duplicate value: {}: must be unique");
        assertThat(body(e -> e.notFound(PATH, "a"))).isEqualTo("Not found: \"a\"");
        assertThat(body(e -> e.internal(PATH, "why"))).isEqualTo("Internal error: why");
    }

    @Test
    void theWholeObjectIsNil() {
        FieldErrors errors = new FieldErrors();
        errors.invalid(ValuePath.ROOT, Value.nul(), "x");
        assertThat(errors.list().get(0).field()).isEqualTo("<nil>");
        assertThat(errors.aggregate()).isEqualTo("<nil>: Invalid value: null: x");
    }

    @Test
    void theSameTextIsAggregatedOnce() {
        FieldErrors errors = new FieldErrors();
        errors.required(ValuePath.of("a"), "");
        errors.required(ValuePath.of("b"), "");
        errors.required(ValuePath.of("a"), "");
        assertThat(errors.aggregate()).isEqualTo("[a: Required value, b: Required value]");
        Status status = Status.invalid("apps", "Deployment", "x", errors);
        assertThat(status.message())
                .isEqualTo("Deployment.apps \"x\" is invalid: [a: Required value, b: Required value]");
        assertThat(status.details()).isNotNull();
        assertThat(status.details().causes()).hasSize(2);
    }

    @Test
    void kindsOfTheCoreGroupArePrintedWithASlash() {
        assertThat(new Kind("", "v1", "Event")).hasToString("/v1, Kind=Event");
        assertThat(new Kind("apps", "v1", "Deployment")).hasToString("apps/v1, Kind=Deployment");
        assertThat(new Resource("", "v1", "pods")).hasToString("/v1, Resource=pods");
    }
}
