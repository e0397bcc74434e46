// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that is filled in objects of every group, one resource file each. A case is an object, what is filled by its address, and
 * what is dropped; {@code every} is filled in every case of the file where nothing stands. Nothing else may change.
 */
class DefaultRulesTest {
    private static final Instant NOW = Instant.parse("2026-08-01T10:20:30.9Z");
    private static final Defaulter DEFAULTER = new Defaulter(DefaultRules.all(Clock.fixed(NOW, ZoneOffset.UTC)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apps",
                "autoscaling",
                "batch",
                "core",
                "extensions",
                "networking",
                "others",
                "pods",
                "rbac",
                "resource"
            })
    void objectsGetTheirDefaultsAndNothingElse(String file) throws IOException {
        ObjectValue cases = resource(file);
        assertThat(cases.arrayOrEmpty("cases")).isNotEmpty();
        for (ObjectValue one : cases.arrayOrEmpty("cases").objects()) {
            Schema schema = schema(one.objectOrEmpty("in"));
            ObjectValue given = TypedReader.read(schema, one.objectOrEmpty("in"), new DecodeFindings());
            Value expected = given;
            for (ObjectValue.Member fill : cases.objectOrEmpty("every")) {
                expected = put(expected, steps(fill.key()), 0, fill.value(), false);
            }
            for (ObjectValue.Member fill : one.objectOrEmpty("fills")) {
                expected = put(expected, steps(fill.key()), 0, fill.value(), true);
            }
            for (String address : one.arrayOrEmpty("drops").strings()) {
                expected = ((ObjectValue) expected).withoutAt(steps(address));
            }
            ObjectValue filled = DEFAULTER.apply(schema, given);
            String name = one.stringOrEmpty("name");
            assertThat(filled).as(name).isEqualTo(expected);
            assertThat(DEFAULTER.apply(schema, filled)).as(name + ", again").isSameAs(filled);
            assertThat(TypedReader.read(schema, filled, new DecodeFindings()))
                    .as(name + ", in wire order")
                    .isSameAs(filled);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DaemonSet|deprecated.daemonset.template.generation|one|DaemonSet in version \"v1\" cannot be handled as a"
                        + " DaemonSet: strconv.ParseInt: parsing \"one\": invalid syntax",
                "Deployment|deprecated.deployment.rollback.rollbackTo|1.5|Deployment in version \"v1\" cannot be handled"
                        + " as a Deployment: failed to parse annotation[deprecated.deployment.rollback.rollbackTo]=1.5 as"
                        + " int64: strconv.ParseInt: parsing \"1.5\": invalid syntax"
            })
    void annotationsOfOldThatAreNoNumbersAreRefused(String kind, String annotation, String text, String message) {
        ObjectValue object = ObjectValue.builder()
                .put("apiVersion", "apps/v1")
                .put("kind", kind)
                .build()
                .withAt(Value.of(text), "metadata", "annotations", annotation);
        assertThatThrownBy(() -> DEFAULTER.apply(schema(object), object))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status().code()).isEqualTo(400))
                .hasMessage(message);
    }

    @Test
    void aNameOfEveryRuleIsThatOfAType() {
        for (String name : DefaultRules.all().keySet()) {
            assertThat(SchemaFacts.builtin().type(name).fields()).as(name).isNotEmpty();
        }
        QuantityRounding.FIELDS.forEach((name, fields) -> {
            for (String field : fields) {
                assertThat(SchemaFacts.builtin().type(name).field(field))
                        .as(name + " " + field)
                        .isNotNull();
            }
        });
    }

    private static Schema schema(ObjectValue object) {
        GroupVersion version = GroupVersion.parse(object.stringOrEmpty("apiVersion"));
        Schema schema = SchemaFacts.builtin().kind(version.kind(object.stringOrEmpty("kind")));
        assertThat(schema).as(version.toString()).isNotNull();
        return schema;
    }

    private static ObjectValue resource(String file) throws IOException {
        try (InputStream in = DefaultRulesTest.class.getResourceAsStream(file + ".json")) {
            assertThat(in).as(file).isNotNull();
            return JsonReader.readObject(in.readAllBytes());
        }
    }

    /** The steps of an address in the form of JSON pointers. */
    private static String[] steps(String pointer) {
        String[] steps = pointer.substring(1).split("/");
        for (int i = 0; i < steps.length; i++) {
            steps[i] = steps[i].replace("~1", "/").replace("~0", "~");
        }
        return steps;
    }

    private static Value put(Value at, String[] steps, int depth, Value value, boolean over) {
        if (at instanceof ArrayValue array) {
            int position = Integer.parseInt(steps[depth]);
            return position < array.size()
                    ? array.with(position, put(array.get(position), steps, depth + 1, value, over))
                    : array;
        }
        if (!(at instanceof ObjectValue object)) {
            return at;
        }
        Value member = object.get(steps[depth]);
        if (depth == steps.length - 1) {
            return member == null || over ? object.with(steps[depth], value) : object;
        }
        if (member == null) {
            assertThat(over).as("no %s in %s", steps[depth], object).isFalse();
            return object;
        }
        return object.with(steps[depth], put(member, steps, depth + 1, value, over));
    }
}
