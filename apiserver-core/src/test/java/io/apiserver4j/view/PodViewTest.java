// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PodViewTest {
    private static final PodView POD = new PodView(JsonReader.readObject("""
        {"metadata":{"name":"p"},
         "spec":{"nodeName":"n","initContainers":[{"name":"i"},{"name":"s","restartPolicy":"Always"}],
                 "containers":[{"name":"a","image":"img","resources":{"requests":{"cpu":"1"}}}],
                 "ephemeralContainers":[{"name":"e"}],"volumes":[{"name":"v"}]},
         "status":{"phase":"Succeeded","conditions":[
               {"type":"Ready","status":"True"},{"type":"Ready","status":"False"}]}}
        """.getBytes(StandardCharsets.UTF_8)));

    @Test
    void namesArePlacesInTheTree() {
        assertThat(POD.meta().name()).isEqualTo("p");
        assertThat(POD.nodeName()).isEqualTo("n");
        assertThat(POD.allContainers()).extracting(ContainerView::name).containsExactly("i", "s", "a", "e");
        assertThat(POD.initContainers()).extracting(ContainerView::isSidecar).containsExactly(false, true);
        assertThat(POD.containers().get(0).requests().getString("cpu")).isEqualTo("1");
        assertThat(POD.volumes()).hasSize(1);
        assertThat(POD.isFinished()).isTrue();
        assertThat(ConditionView.isTrue(POD.tree(), "Ready"))
                .as("the first counts")
                .isTrue();
        assertThat(ConditionView.find(POD.tree(), "Odd")).isNull();
    }

    @Test
    void nothingReadsAsEmpty() {
        PodView pod = new PodView(ObjectValue.EMPTY);
        assertThat(pod.allContainers()).isEmpty();
        assertThat(pod.phase()).isEmpty();
        assertThat(pod.isFinished()).isFalse();
        assertThat(pod.volumes()).isEmpty();
        assertThat(pod.serviceAccountName()).isEmpty();
    }
}
