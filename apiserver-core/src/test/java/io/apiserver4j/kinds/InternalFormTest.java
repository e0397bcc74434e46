// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The form of Kubernetes' own types, and that its facts are complete. */
class InternalFormTest {
    private static final Set<String> SCALARS =
            Set.of("string", "bytes", "int", "intstr", "bool", "quantity", "wire", "time");

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyShapeIsKnown() {
        ObjectValue types = BuiltinCatalog.read("internal.json");
        Set<String> unknown = new TreeSet<>();
        for (ObjectValue.Member type : types) {
            for (String field : types.arrayOrEmpty(type.key()).strings()) {
                String shape = field.split(" ", 3)[2].replaceAll("^(\\*|\\[]|\\{})+", "");
                if (!SCALARS.contains(shape) && !types.has(shape)) {
                    unknown.add(shape);
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(types.size()).isGreaterThan(400);
    }

    @Test
    void everyTypeCanBeShownEmpty() {
        for (ObjectValue.Member type : BuiltinCatalog.read("internal.json")) {
            assertThat(InternalForm.shown(type.key(), null)).as(type.key()).startsWith("{");
        }
    }

    @Test
    void zerosAndEmbeddedTypes() {
        assertThat(InternalForm.shown("core.LocalObjectReference", null)).isEqualTo("{\"Name\":\"\"}");
        assertThat(InternalForm.shown(
                        "core.ConfigMapVolumeSource", json("{'name': 'c', 'items': [{'key': 'k', 'path': 'p'}]}")))
                .startsWith(
                        "{\"Name\":\"c\",\"Items\":[{\"Key\":\"k\",\"Path\":\"p\",\"Mode\":null,\"User\":null}],\"DefaultMode\":null");
        assertThat(InternalForm.of("*core.Affinity", null)).isEqualTo(Value.nul());
        assertThat(InternalForm.of(
                        "[]core.Toleration", json("{'a': [{'key': 'k'}]}").get("a")))
                .hasToString(
                        "[{\"Key\":\"k\",\"Operator\":\"\",\"Value\":\"\",\"Effect\":\"\",\"TolerationSeconds\":null}]");
    }

    @Test
    void metadataStandsInItsObject() {
        assertThat(InternalForm.shown("core.PodTemplateSpec", json("{'metadata': {'labels': {'a': 'b'}}}")))
                .startsWith("{\"labels\":{\"a\":\"b\"},\"Spec\":{\"Volumes\":null,");
    }

    @Test
    void unknownTypesFail() {
        assertThatThrownBy(() -> InternalForm.shown("core.Nothing", null)).isInstanceOf(IllegalArgumentException.class);
    }
}
