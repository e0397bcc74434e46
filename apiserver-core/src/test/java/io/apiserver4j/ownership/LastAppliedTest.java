// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Objects that client-side apply made, when kubectl applies them on the server. */
class LastAppliedTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final Kind KIND = new Kind("", "v1", "ConfigMap");
    private static final FieldManager MANAGER =
            new FieldManager(KIND, SchemaFacts.builtin().kind(KIND), "", ResetFields.NONE, false, ObjectVersions.NONE);

    private static ObjectValue config(String data) {
        return TestSchemas.json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':" + data + "}");
    }

    private static ObjectValue clientSide(String data) {
        ObjectValue object = config(data);
        ObjectValue annotated = object.withAt(Value.of(object.toString()), "metadata", "annotations", ANNOTATION);
        return MANAGER.afterUpdate(null, annotated, "kubectl-client-side-apply", NOW);
    }

    @Test
    void kubectlTakesOverWhatItAppliedItself() {
        ObjectValue live = clientSide("{'a':'1','b':'1'}");
        ObjectValue after = MANAGER.apply(live, config("{'b':'1','a':'2'}"), "kubectl", false, NOW)
                .object();
        assertThat(after.objectAt("data").getString("a")).isEqualTo("2");
        assertThat(after.objectAt("metadata", "annotations").getString(ANNOTATION))
                .isEqualTo("{\"apiVersion\":\"v1\",\"data\":{\"a\":\"2\",\"b\":\"1\"},\"kind\":\"ConfigMap\","
                        + "\"metadata\":{\"name\":\"a\"}}\n");
    }

    @Test
    void othersDoNot() {
        ObjectValue live = clientSide("{'a':'1'}");
        assertThatThrownBy(() -> MANAGER.apply(live, config("{'a':'2'}"), "someone", false, NOW))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using v1: .data.a");
    }

    @Test
    void whatWasChangedSinceStaysInConflict() {
        ObjectValue live = clientSide("{'a':'1','b':'1'}");
        ObjectValue edited = MANAGER.afterUpdate(live, live.withAt(Value.of("9"), "data", "a"), "editor", NOW);
        assertThatThrownBy(() -> MANAGER.apply(edited, config("{'a':'2','b':'2'}"), "kubectl", false, NOW))
                .hasMessage("Apply failed with 1 conflict: conflict with \"editor\" using v1: .data.a");
    }

    @Test
    void anAnnotationThatCannotBeReadHelpsNobody() {
        ObjectValue live = clientSide("{'a':'1'}").withAt(Value.of("{"), "metadata", "annotations", ANNOTATION);
        assertThatThrownBy(() -> MANAGER.apply(live, config("{'a':'2'}"), "kubectl", false, NOW))
                .hasMessageContaining("kubectl-client-side-apply");
    }
}
