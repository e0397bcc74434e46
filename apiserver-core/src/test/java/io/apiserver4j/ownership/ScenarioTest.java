// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.patch.JsonPatch;
import io.apiserver4j.patch.MergePatch;
import io.apiserver4j.patch.PatchBody;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Series of writes to one object with the entries and conflicts that kube-apiserver answered, from scenarios.json. */
class ScenarioTest {
    private static final Defaulter DEFAULTS = new Defaulter(Map.of());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        try (InputStream in = ScenarioTest.class.getResourceAsStream("scenarios.json")) {
            return JsonReader.read(in.readAllBytes()).asArray().objects().stream()
                    .map(scenario ->
                            DynamicTest.dynamicTest(scenario.getString("name"), () -> new Run(scenario).steps()));
        }
    }

    private static final class Run {
        private final ObjectValue scenario;
        private final Schema customSchema;
        private final Map<String, ObjectValue> objects = new HashMap<>();
        private final Map<String, FieldManager> managers = new HashMap<>();

        Run(ObjectValue scenario) {
            this.scenario = scenario;
            ObjectValue openapi = scenario.getObject("openapi");
            customSchema = openapi == null ? null : TestSchemas.custom(openapi);
        }

        void steps() {
            int number = 0;
            for (ObjectValue step : scenario.arrayOrEmpty("steps").objects()) {
                try {
                    step(step);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("step " + number + ": " + step + "\n" + e.getMessage(), e);
                }
                number++;
            }
        }

        private void step(ObjectValue step) {
            String name = step.getString("name");
            ObjectValue live = objects.get(name);
            ObjectValue result;
            try {
                result = write(step, live);
            } catch (ApiException e) {
                checkFailure(step, e);
                return;
            }
            if (step.has("code")) {
                fail("no failure: " + result);
            }
            checkEntries(step.arrayOrEmpty("entries"), result);
            for (ObjectValue.Member member : step.objectOrEmpty("content")) {
                checkContains(member.value(), result.get(member.key()), member.key());
            }
            objects.put(name, result);
        }

        private ObjectValue write(ObjectValue step, ObjectValue live) {
            Value body = step.get("body");
            String verb = step.getString("do");
            String subresource = step.stringOrEmpty("subresource");
            Instant now = START.plusSeconds(step.longOr("at", 0));
            String manager = step.getString("manager");
            if (verb.equals("apply")) {
                Kind kind = live == null ? Kind.of(body.asObject()) : Kind.of(live);
                FieldManager.Applied applied =
                        manager(kind, subresource).apply(live, body.asObject(), manager, step.isTrue("force"), now);
                return kept(live, typed(kind, applied.object(), true), subresource);
            }
            Kind kind = live == null ? Kind.of(body.asObject()) : Kind.of(live);
            PatchBody patch = new PatchBody(body, List.of());
            ObjectValue sent = switch (verb) {
                case "merge" -> MergePatch.of(patch, true).apply(live).asObject();
                case "json" -> JsonPatch.of(patch, true).apply(live).asObject();
                default -> body.asObject();
            };
            ObjectValue updated = typed(kind, sent, true);
            if (ManagedFields.asksForReset(sent)) {
                updated = updated.withAt(ArrayValue.EMPTY, "metadata", "managedFields");
            }
            ObjectValue written = manager(kind, subresource).afterUpdate(live, updated, manager, now);
            return live == null ? written : ManagedFields.keepTimes(live, written);
        }

        /** What a strategy would do: a write to one part leaves the other. */
        private static ObjectValue kept(ObjectValue live, ObjectValue result, String subresource) {
            if (live == null) {
                return result.without("status");
            }
            return subresource.equals("status")
                    ? result.with("spec", live.get("spec"))
                    : result.withOrWithout("status", live.get("status"));
        }

        private Schema schema(Kind kind) {
            return customSchema != null ? customSchema : SchemaFacts.builtin().kind(kind);
        }

        private ObjectValue typed(Kind kind, ObjectValue object, boolean defaults) {
            if (customSchema != null) {
                return object;
            }
            ObjectValue read = TypedReader.read(schema(kind), object, new DecodeFindings());
            return defaults ? DEFAULTS.apply(schema(kind), read) : read;
        }

        private FieldManager manager(Kind kind, String subresource) {
            List<String> reset = switch (subresource) {
                case "status" -> List.of("spec", "metadata");
                default -> List.of("status");
            };
            return managers.computeIfAbsent(
                    kind + subresource,
                    key -> new FieldManager(
                            kind,
                            schema(kind),
                            subresource,
                            ResetFields.of(reset),
                            customSchema != null,
                            ObjectVersions.NONE));
        }

        private static void checkFailure(ObjectValue step, ApiException e) {
            assertThat(e.status().code()).as(e.getMessage()).isEqualTo((int) step.longOr("code", 0));
            if (step.has("message")) {
                assertThat(e.status().message()).isEqualTo(step.getString("message"));
            }
            if (step.has("causes")) {
                List<String> wanted = new ArrayList<>();
                step.arrayOrEmpty("causes")
                        .forEach(cause -> wanted.add(cause.asArray().strings().toString()));
                assertThat(e.status().details().causes())
                        .extracting(
                                cause -> List.of(cause.field(), cause.message()).toString())
                        .containsExactlyInAnyOrderElementsOf(wanted);
            }
        }

        private static void checkEntries(ArrayValue wanted, ObjectValue result) {
            List<String> expected = new ArrayList<>();
            wanted.forEach(entry -> expected.add(JsonWriter.toString(entry)));
            List<String> actual = new ArrayList<>();
            for (ObjectValue entry : result.objectOrEmpty("metadata")
                    .arrayOrEmpty("managedFields")
                    .objects()) {
                actual.add(JsonWriter.toString(ArrayValue.of(
                        Value.of(entry.stringOrEmpty("manager")),
                        Value.of(entry.stringOrEmpty("operation")),
                        Value.of(entry.stringOrEmpty("apiVersion")),
                        Value.of(entry.stringOrEmpty("subresource")),
                        entry.get("fieldsV1"))));
            }
            assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
        }

        /** The wanted content may have defaults of rules, which this test does not know. */
        private static void checkContains(Value wanted, Value actual, String path) {
            if (actual == null || actual.isNull()) {
                return;
            }
            if (actual.asObject() != null && wanted.asObject() != null) {
                for (ObjectValue.Member member : actual.asObject()) {
                    Value there = wanted.asObject().get(member.key());
                    assertThat(there != null || member.value().isNull())
                            .as(path + "." + member.key())
                            .isTrue();
                    if (there != null) {
                        checkContains(there, member.value(), path + "." + member.key());
                    }
                }
            } else if (actual.asArray() != null && wanted.asArray() != null) {
                assertThat(actual.asArray().size())
                        .as(path)
                        .isEqualTo(wanted.asArray().size());
                for (int i = 0; i < actual.asArray().size(); i++) {
                    checkContains(wanted.asArray().get(i), actual.asArray().get(i), path + "[" + i + "]");
                }
            } else {
                assertThat(actual).as(path).isEqualTo(wanted);
            }
        }
    }
}
