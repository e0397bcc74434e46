// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.kinds.defaults.DefaultRules;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Status;
import io.apiserver4j.patch.MergePatch;
import io.apiserver4j.patch.PatchBody;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the tables of cases of all kinds: {@code kinds/GROUP/KIND.json} beside this test. A table names its resource
 * and a base object; a case changes it by a merge patch ({@code object}), and once more where an update is checked
 * ({@code update}, of a {@code subresource}). {@code errors} and {@code warnings} are all that must be said;
 * {@code result} is contained in what is kept, with null for what must not be there.
 */
class KindCasesTest {
    private static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");
    private static final Defaulter DEFAULTER = new Defaulter(DefaultRules.all(InstantSource.fixed(NOW)));

    static Stream<Arguments> cases() throws IOException, URISyntaxException {
        List<Arguments> out = new ArrayList<>();
        URI folder = Objects.requireNonNull(KindCasesTest.class.getResource("/io/apiserver4j/kinds/"))
                .toURI();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(KindCasesTest::isTable).sorted().toList()) {
                ObjectValue table = JsonReader.readObject(Files.readAllBytes(file));
                for (ObjectValue one : table.arrayOrEmpty("cases").objects()) {
                    out.add(Arguments.of(table.stringOrEmpty("resource"), one.stringOrEmpty("name"), table, one));
                }
            }
        }
        return out.stream();
    }

    private static boolean isTable(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".json") && !path.contains("/defaults/");
    }

    private static final MemoryStore MEMORY = MemoryStore.builder().build();
    private static final Stores STORES = new Stores(MEMORY);
    private static final Catalog CATALOG = catalog();

    private static Catalog catalog() {
        AtomicReference<Catalog> later = new AtomicReference<>();
        KindSettings settings = KindSettings.of(
                List.of("10.0.0.0/16"),
                30000,
                32767,
                resource -> STORES.of(Objects.requireNonNull(later.get().find(resource))));
        later.set(new Catalog(BuiltinCatalog.definitions(settings)));
        return later.get();
    }

    @AfterAll
    static void close() {
        STORES.close();
        MEMORY.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void followsItsTable(String resource, String name, ObjectValue table, ObjectValue one) {
        ResourceDefinition definition = Objects.requireNonNull(CATALOG.find(resource), resource);
        Told told = new Told();
        ObjectValue kept = create(definition, patched(table.objectOrEmpty("base"), one.objectOrEmpty("object")), told);
        ObjectValue patch = one.getObject("update");
        if (patch != null) {
            assertThat(told.errors).as("errors before the update").isEmpty();
            told = new Told();
            ObjectValue shown = version(definition).fromStorage().apply(kept);
            ObjectValue updated = read(definition, patched(shown, patch));
            kept = update(definition, updated, kept, one.stringOrEmpty("subresource"), told);
        }
        assertThat(told.errors).isEqualTo(one.arrayOrEmpty("errors").strings());
        assertThat(told.warnings).isEqualTo(one.arrayOrEmpty("warnings").strings());
        assertContains(kept, one.objectOrEmpty("result"), "");
        definition.strategy().afterDelete(kept);
    }

    /** What was said of an object. */
    private static final class Told {
        final List<String> errors = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();

        void failed(ApiException failure) {
            Status.Details details = failure.status().details();
            if (details == null || failure.status().code() != 422) {
                errors.add(failure.status().message());
                return;
            }
            details.causes().forEach(cause -> errors.add(cause.field() + ": " + cause.message()));
        }

        void wrong(FieldErrors found) {
            found.list().forEach(error -> errors.add(error.toString()));
        }
    }

    private static ObjectValue patched(ObjectValue base, ObjectValue patch) {
        PatchBody body = PatchBody.read(JsonWriter.toBytes(patch));
        return Objects.requireNonNull(MergePatch.of(body, false).apply(base).asObject());
    }

    private static VersionDefinition version(ResourceDefinition definition) {
        return definition.versions().get(0);
    }

    private static ObjectValue read(ResourceDefinition definition, ObjectValue object) {
        VersionDefinition version = version(definition);
        ObjectValue typed = TypedReader.read(version.schema(), object, new DecodeFindings());
        return version.toStorage().apply(DEFAULTER.apply(version.schema(), typed));
    }

    private static StrategyContext context(ResourceDefinition definition, String subresource) {
        return new StrategyContext(definition, version(definition), subresource, Identity.of("test"), NOW, false);
    }

    private static ObjectValue create(ResourceDefinition definition, ObjectValue given, Told told) {
        Strategy strategy = definition.strategy();
        StrategyContext context = context(definition, "");
        ObjectValue object = strategy.prepareForCreate(read(definition, given), context);
        try {
            Reservation reservation = strategy.reserve(object, null, context);
            reservation.commit().run();
            object = reservation.object();
        } catch (ApiException e) {
            told.failed(e);
            return object;
        }
        FieldErrors errors = new FieldErrors();
        strategy.validate(object, context, errors);
        told.wrong(errors);
        if (errors.isEmpty()) {
            told.warnings.addAll(strategy.warningsOnCreate(object, context));
        }
        return strategy.canonicalize(object);
    }

    private static ObjectValue update(
            ResourceDefinition definition, ObjectValue given, ObjectValue current, String subresource, Told told) {
        Strategy strategy = definition.strategy();
        StrategyContext context = context(definition, subresource);
        ObjectValue object = strategy.prepareForUpdate(given, current, context);
        try {
            Reservation reservation = strategy.reserve(object, current, context);
            reservation.commit().run();
            object = reservation.object();
        } catch (ApiException e) {
            told.failed(e);
            return object;
        }
        FieldErrors errors = new FieldErrors();
        strategy.validateUpdate(object, current, context, errors);
        told.wrong(errors);
        if (errors.isEmpty()) {
            told.warnings.addAll(strategy.warningsOnUpdate(object, current, context));
        }
        return strategy.canonicalize(object);
    }

    private static void assertContains(ObjectValue object, ObjectValue expected, String path) {
        for (ObjectValue.Member member : expected) {
            String at = path + "." + member.key();
            ObjectValue inner = member.value().asObject();
            if (member.value().isNull()) {
                assertThat(object.has(member.key())).as(at).isFalse();
            } else if (inner != null) {
                assertContains(object.objectOrEmpty(member.key()), inner, at);
            } else {
                assertThat(object.get(member.key())).as(at).isEqualTo(member.value());
            }
        }
    }
}
