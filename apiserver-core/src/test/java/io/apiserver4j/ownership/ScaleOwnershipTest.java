// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScaleOwnershipTest {
    private static final ScaleOwnership SCALE =
            new ScaleOwnership(Map.of("apps/v1", "spec.replicas", "apps/v2", "spec.size"));
    private static final String APPLIER =
            "{'manager':'m','operation':'Apply','apiVersion':'%s','time':'2026-01-01T00:00:00Z','fieldsType':'FieldsV1','fieldsV1':%s}";
    private static final String UPDATER =
            "{'manager':'u','operation':'Update','apiVersion':'%s','fieldsType':'FieldsV1','fieldsV1':%s,'subresource':'scale'}";

    private static Value entries(String... entries) {
        return TestSchemas.json("{'v':[" + String.join(",", entries) + "]}").get("v");
    }

    private static String shown(@Nullable ArrayValue entries) {
        return String.valueOf(entries).replace('"', '\'');
    }

    @Test
    void ownersOfReplicasOwnThemInTheScale() {
        assertThat(shown(SCALE.toScale(entries(
                        APPLIER.formatted("apps/v2", "{'f:spec':{'f:size':{},'f:x':{}}}"),
                        UPDATER.formatted("apps/v1", "{'f:spec':{'f:x':{}}}")))))
                .isEqualTo("[" + APPLIER.formatted("autoscaling/v1", "{'f:spec':{'f:replicas':{}}}") + "]");
        assertThat(SCALE.toScale(entries(APPLIER.formatted("apps/v9", "{'f:spec':{'f:size':{}}}"))))
                .isNull();
    }

    @Test
    void aNewOwnerOfTheScaleTakesReplicasFromTheObject() {
        String parent = APPLIER.formatted("apps/v2", "{'f:spec':{'f:size':{},'f:x':{}}}");
        String scale = UPDATER.formatted("autoscaling/v1", "{'f:spec':{'f:replicas':{}}}");
        assertThat(shown(SCALE.toParent(entries(parent), entries(scale), "apps/v1")))
                .isEqualTo("[" + APPLIER.formatted("apps/v2", "{'f:spec':{'f:x':{}}}") + ","
                        + UPDATER.formatted("apps/v1", "{'f:spec':{'f:replicas':{}}}") + "]");
    }

    @Test
    void anApplierThatStillOwnsTheScaleKeepsItsEntry() {
        String parent = APPLIER.formatted("apps/v1", "{'f:spec':{'f:replicas':{},'f:x':{}}}");
        String scale = APPLIER.formatted("autoscaling/v1", "{'f:spec':{'f:replicas':{}}}");
        assertThat(shown(SCALE.toParent(entries(parent), entries(scale), "apps/v1")))
                .isEqualTo("[" + parent + "]");
    }
}
