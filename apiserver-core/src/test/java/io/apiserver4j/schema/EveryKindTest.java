// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for objects of every kind, whatever is in them. */
class EveryKindTest {
    private static final long SEED = Long.getLong("seed", 20241124L);

    static Set<Kind> kinds() {
        return SchemaFacts.builtin().kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readingAndDefaultingAreDoneOnce(Kind kind) {
        Schema schema = Objects.requireNonNull(SchemaFacts.builtin().kind(kind));
        Defaulter defaulter = new Defaulter(Map.of());
        Random random = new Random(SEED ^ kind.hashCode());
        for (int round = 0; round < 8; round++) {
            ObjectValue tree = new RandomObjects(random).object(schema, 7);
            DecodeFindings findings = new DecodeFindings();
            ObjectValue read = TypedReader.read(schema, tree, findings);
            assertThat(findings.texts())
                    .as("findings of seed %d round %d: %s", SEED, round, tree)
                    .isEmpty();
            assertThat(TypedReader.read(schema, read, findings))
                    .as("second reading, seed %d round %d: %s", SEED, round, tree)
                    .isSameAs(read);
            ObjectValue filled = defaulter.apply(schema, read);
            assertThat(TypedReader.read(schema, filled, findings))
                    .as("reading what was filled, seed %d round %d: %s", SEED, round, read)
                    .isSameAs(filled);
            assertThat(defaulter.apply(schema, filled))
                    .as("filling again, seed %d round %d: %s", SEED, round, read)
                    .isSameAs(filled);
            ObjectValue stored = StoredForm.of(schema, filled);
            assertThat(TypedReader.read(schema, stored, findings).toString())
                    .as("reading what was stored, seed %d round %d: %s", SEED, round, filled)
                    .isEqualTo(stored.toString());
        }
    }
}
